/**
 * GIFs from Giphy.
 *
 * <p>Entry type: {@link dev.confab.telegram.gif.Giphy}. All types are immutable and usable from any thread.
 */
@NullMarked
package dev.confab.telegram.gif;

import org.jspecify.annotations.NullMarked;
