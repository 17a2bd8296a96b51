/**
 * Conversations as a chat page keeps them on the server: plain records, and the store that holds them. Knows nothing of
 * pages, calls, models or dialogue.
 *
 * <p>Entry type: {@link dev.confab.ui.conversation.ConversationStore}, for whoever brings a database;
 * {@link dev.confab.ui.conversation.MemoryConversationStore} is what a page has otherwise. Records are immutable; stores
 * are used by many threads at once.
 */
@NullMarked
package dev.confab.ui.conversation;

import org.jspecify.annotations.NullMarked;
