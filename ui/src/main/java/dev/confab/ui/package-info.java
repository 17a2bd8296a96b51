/**
 * A web page and an HTTP interface for any Java function, in the protocol of Gradio.
 *
 * <p>Entry types: {@link dev.confab.ui.Interface} for a function of any kind, {@link dev.confab.ui.ChatInterface} for one
 * that answers in a chat. They are built by one thread; once launched, functions are called on virtual threads, several
 * at once up to their limit.
 */
@NullMarked
package dev.confab.ui;

import org.jspecify.annotations.NullMarked;
