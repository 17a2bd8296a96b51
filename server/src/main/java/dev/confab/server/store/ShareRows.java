package dev.confab.server.store;

import dev.confab.ui.conversation.StoredConversation;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** By which tokens conversations are shared: a column of their rows. */
final class ShareRows {
    private ShareRows() {}

    /** Shares a conversation, or withdraws it with null. */
    static void put(Handle handle, long key, @Nullable String token) {
        handle.createUpdate("update conversations set share_token = :token where key = :key")
                .bind("key", key)
                .bind("token", StoredText.encodeNullable(token))
                .execute();
    }

    /** The token of an owner's conversation. */
    static Optional<String> token(Handle handle, String owner, String id) {
        return handle.createQuery("""
                        select share_token from conversations
                        where owner = :owner and id = :id and deleted_at is null and share_token is not null
                        """)
                .bind("owner", StoredText.encode(owner))
                .bind("id", StoredText.encode(id))
                .map((row, _) -> MessageRows.text(row, "share_token"))
                .findOne();
    }

    /** The conversation that a token shares. */
    static Optional<StoredConversation> find(Handle handle, String token) {
        return handle.createQuery("select * from conversations where share_token = :token and deleted_at is null")
                .bind("token", StoredText.encode(token))
                .map((row, _) -> ConversationRows.row(row))
                .findOne()
                .map(row -> ConversationRows.conversation(handle, row));
    }
}
