/**
 * Who may ask for how much: keys, rates, requests at once, lengths.
 *
 * <p>Entry type: {@link dev.confab.server.access.Gate}. All of it may be used by any thread.
 */
@NullMarked
package dev.confab.server.access;

import org.jspecify.annotations.NullMarked;
