/**
 * Short programs that show how Confab is used from Java. Each stands on its own, with a {@code main} to copy from.
 *
 * <p>Entry types: the programs, such as {@link dev.confab.examples.FiveLines}. They run on the main thread.
 */
@NullMarked
package dev.confab.examples;

import org.jspecify.annotations.NullMarked;
