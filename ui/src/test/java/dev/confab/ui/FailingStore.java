package dev.confab.ui;

import dev.confab.ui.conversation.ConversationStore;
import dev.confab.ui.conversation.MemoryConversationStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** A store that works until it is told to fail. */
final class FailingStore {
    private final ConversationStore store = new MemoryConversationStore(1 << 20, Duration.ofDays(1));
    private final AtomicBoolean failing = new AtomicBoolean();

    void fail() {
        failing.set(true);
    }

    ConversationStore store() {
        return (ConversationStore) Proxy.newProxyInstance(
                ConversationStore.class.getClassLoader(),
                new Class<?>[] {ConversationStore.class},
                (_, method, arguments) -> {
                    if (failing.get()) {
                        throw new IllegalStateException("the database is away");
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
