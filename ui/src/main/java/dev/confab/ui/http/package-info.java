/**
 * Serves a page and its endpoints over HTTP: the protocol of Gradio (sse_v3), files, logins, and the page itself.
 *
 * <p>Entry type: {@link dev.confab.ui.http.PageServer}. Each request has a virtual thread of its own, which may wait.
 */
@NullMarked
package dev.confab.ui.http;

import org.jspecify.annotations.NullMarked;
