/**
 * What a chatbot remembers once a conversation is longer than what the model is shown: which turns go, what is kept of
 * them, and which come back.
 *
 * <p>Entry type: {@link dev.confab.dialogue.memory.Memory}. All is immutable and usable from any thread.
 */
@NullMarked
package dev.confab.dialogue.memory;

import org.jspecify.annotations.NullMarked;
