/**
 * What a function's inputs and outputs look like on the page and in the API: text fields, numbers, files, chats.
 *
 * <p>Entry type: {@link dev.confab.ui.component.Component}. Components are immutable descriptions, usable from any thread;
 * they hold no value of any user.
 */
@NullMarked
package dev.confab.ui.component;

import org.jspecify.annotations.NullMarked;
