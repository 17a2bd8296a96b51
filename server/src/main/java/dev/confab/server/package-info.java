/**
 * The chat server: one process that serves a page and an OpenAI-compatible API to many people from one model.
 *
 * <p>Entry type: {@link dev.confab.server.ChatServer}. Its methods may be called by any thread; each request has a
 * virtual thread of its own, and all of them share the model's batch.
 */
@NullMarked
package dev.confab.server;

import org.jspecify.annotations.NullMarked;
