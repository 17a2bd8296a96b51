/**
 * The operator's page: how much is asked, how quickly it is answered, what people think of it, and what the server is
 * doing now. It is made on the server, whole, without a script.
 *
 * <p>Entry type: {@link dev.confab.server.operator.OperatorRoutes}. All of it may be used by any thread, except of what is
 * being written, {@link dev.confab.server.operator.HtmlWriter}, which belongs to one.
 */
@NullMarked
package dev.confab.server.operator;

import org.jspecify.annotations.NullMarked;
