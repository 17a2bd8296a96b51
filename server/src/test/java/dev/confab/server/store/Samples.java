package dev.confab.server.store;

import dev.confab.ui.conversation.ConversationSummary;
import dev.confab.ui.conversation.StoredConversation;
import dev.confab.ui.conversation.StoredMessage;
import dev.confab.ui.conversation.Timings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Conversations to keep. */
final class Samples {
    private Samples() {}

    static StoredConversation conversation(String id, String title, Instant at, StoredMessage... messages) {
        return new StoredConversation(
                new ConversationSummary(id, title, at, at), Map.of(), Map.of(), List.of(messages));
    }

    static StoredMessage question(String id, String parent, String text) {
        return StoredMessage.ofUser(id, parent, text, Instant.EPOCH);
    }

    static StoredMessage reply(String id, String parent, String text, Instant at, double secondsToFirst) {
        return StoredMessage.running(id, parent, "event", at)
                .ended(StoredMessage.State.DONE, text, null, new Timings(secondsToFirst, 20.0, Timings.Unit.TOKENS));
    }

    /** Messages m0, m1 and so on, each after the one before. */
    static StoredConversation chain(String id, int length) {
        List<StoredMessage> messages = new ArrayList<>();
        Map<String, String> choices = new HashMap<>();
        for (int i = 0; i < length; i++) {
            String parent = i == 0 ? StoredMessage.ROOT : "m" + (i - 1);
            messages.add(question("m" + i, parent, "text " + i));
            choices.put(parent, "m" + i);
        }
        return new StoredConversation(
                new ConversationSummary(id, "Chain", Instant.EPOCH, Instant.EPOCH), Map.of(), choices, messages);
    }
}
