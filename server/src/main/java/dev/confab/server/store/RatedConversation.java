package dev.confab.server.store;

import dev.confab.ui.conversation.StoredConversation;

/**
 * A conversation in which someone has rated a reply.
 *
 * @param owner whose it is; for who was not logged in, a name that only the browser may know
 * @param conversation the whole of it
 */
public record RatedConversation(String owner, StoredConversation conversation) {}
