/**
 * Looks after conversations: what was said so far, what of it the model still sees, and the reply to the next turn.
 *
 * <p>Entry type: {@link dev.confab.dialogue.Chatbot}. A chatbot is shared by all threads; a conversation belongs to one
 * person and takes one turn at a time.
 */
@NullMarked
package dev.confab.dialogue;

import org.jspecify.annotations.NullMarked;
