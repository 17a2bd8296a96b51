/**
 * Runs functions for sessions: queues, limits, cancellation, streams that several readers follow, state between calls.
 * Knows nothing of HTTP.
 *
 * <p>Entry type: {@link dev.confab.ui.call.Calls}; functions themselves meet {@link dev.confab.ui.call.CallContext}. A
 * call runs on a virtual thread of its own; everything about it is guarded by the lock of its session, so that all
 * public types may be used from any thread.
 */
@NullMarked
package dev.confab.ui.call;

import org.jspecify.annotations.NullMarked;
