/**
 * Who a chatbot is: facts, a manner of speaking, and examples of both.
 *
 * <p>Entry type: {@link dev.confab.dialogue.persona.Persona}. All is immutable and usable from any thread.
 */
@NullMarked
package dev.confab.dialogue.persona;

import org.jspecify.annotations.NullMarked;
