/**
 * Keeps a chatbot from the failures that language models are known for: silence, saying the same again, parroting, going
 * round in circles, endless punctuation.
 *
 * <p>Entry type: {@link dev.confab.dialogue.guard.Guards}. All is immutable and usable from any thread.
 */
@NullMarked
package dev.confab.dialogue.guard;

import org.jspecify.annotations.NullMarked;
