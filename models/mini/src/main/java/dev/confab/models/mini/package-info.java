/**
 * The model that comes with Confab, and how to put it where the engine can map it.
 */
@NullMarked
package dev.confab.models.mini;

import org.jspecify.annotations.NullMarked;
