package dev.confab.server.access;

import dev.confab.server.store.ApiKeys;
import java.util.Optional;

/**
 * Keys in the database. The first that is made closes the API within a second, and one that is revoked opens nothing any
 * more at once. Usable from any thread.
 */
public final class StoredKeys implements KeyRing {
    private final ApiKeys keys;
    private final OnceTrue needed;

    /**
     * Of an open database.
     *
     * @throws dev.confab.server.store.StoreException if it fails
     */
    public StoredKeys(ApiKeys keys) {
        this.keys = keys;
        needed = new OnceTrue(keys::any);
    }

    @Override
    public boolean needed() {
        return needed.get();
    }

    /**
     * {@inheritDoc}
     *
     * @throws dev.confab.server.store.StoreException if the database fails
     */
    @Override
    public Optional<String> nameOf(String key) {
        return keys.verify(key).map(known -> known.name() + "-" + known.id());
    }
}
