/**
 * Reads the text files that lie beside the classes of this module. Not exported; usable from any thread.
 *
 * <p>Entry type: {@link dev.confab.dialogue.resource.Resource}.
 */
@NullMarked
package dev.confab.dialogue.resource;

import org.jspecify.annotations.NullMarked;
