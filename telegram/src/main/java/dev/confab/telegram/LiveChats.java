package dev.confab.telegram;

import dev.confab.dialogue.Chatbot;
import dev.confab.telegram.store.BotStore;
import dev.confab.telegram.store.ChatKey;
import dev.confab.telegram.store.ChatState;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The chats that spoke lately, in memory; all others are in the store. Usable from any thread. */
final class LiveChats {
    private static final int MOST = 1000;

    private final Chatbot bot;
    private final PersonaChoice personas;
    private final BotStore store;
    private final Map<ChatKey, LiveChat> chats = new LinkedHashMap<>(64, 0.75f, true);

    LiveChats(Chatbot bot, PersonaChoice personas, BotStore store) {
        this.bot = bot;
        this.personas = personas;
        this.store = store;
    }

    /** A chat as it was left, or a new one. */
    LiveChat of(ChatKey key) {
        LiveChat live = get(key);
        if (live != null) {
            return live;
        }
        LiveChat loaded = new LiveChat(bot, personas, store.chat(key).orElseGet(() -> ChatState.unknown(key)));
        put(loaded);
        return loaded;
    }

    /** Removes a chat from memory; what was not stored is gone. */
    synchronized void drop(ChatKey key) {
        LiveChat gone = chats.remove(key);
        if (gone != null) {
            gone.close();
        }
    }

    /** Ends the replies that are being made. */
    synchronized void cancelAll() {
        chats.values().forEach(chat -> chat.conversation().cancel());
    }

    private synchronized @Nullable LiveChat get(ChatKey key) {
        return chats.get(key);
    }

    /** Of one chat there is never more than one: only the thread that handles its updates asks for it. */
    private synchronized void put(LiveChat chat) {
        chats.put(chat.key(), chat);
        if (chats.size() > MOST) {
            var eldest = chats.values().iterator();
            LiveChat silent = eldest.next();
            eldest.remove();
            // Its thread may be busy with a long reply, which must not hold up all others.
            Thread.ofVirtual().start(silent::close);
        }
    }
}
