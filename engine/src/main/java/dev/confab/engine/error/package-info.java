/**
 * The one family of exceptions that Confab throws for input that it cannot accept.
 *
 * <p>Entry type: {@link dev.confab.engine.error.ConfabException}. Immutable, usable from any thread.
 */
@NullMarked
package dev.confab.engine.error;

import org.jspecify.annotations.NullMarked;
