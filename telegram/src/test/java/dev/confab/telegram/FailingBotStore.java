package dev.confab.telegram;

import dev.confab.engine.error.ConfabException;
import dev.confab.telegram.store.BotStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** A store that fails to keep conversations while something holds, until it is mended. */
final class FailingBotStore {
    private final BotStore store;
    private final BooleanSupplier fails;
    private final AtomicBoolean mended = new AtomicBoolean();

    FailingBotStore(BotStore store, BooleanSupplier fails) {
        this.store = store;
        this.fails = fails;
    }

    void mend() {
        mended.set(true);
    }

    BotStore store() {
        return (BotStore) Proxy.newProxyInstance(
                BotStore.class.getClassLoader(), new Class<?>[] {BotStore.class}, (_, method, arguments) -> {
                    boolean keeps = method.getName().equals("progress") && arguments.length == 2;
                    if (keeps && !mended.get() && fails.getAsBoolean()) {
                        throw new ConfabException("the disk is full");
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
