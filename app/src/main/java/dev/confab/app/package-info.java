/**
 * The command line: the only place that wires all modules together, and the only {@code main}.
 *
 * <p>Entry type: {@link dev.confab.app.Confab}. One small class per command; options that several commands share are
 * mixins. A command runs on the thread that started it.
 */
@NullMarked
package dev.confab.app;

import org.jspecify.annotations.NullMarked;
