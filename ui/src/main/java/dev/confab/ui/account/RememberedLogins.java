package dev.confab.ui.account;

import dev.confab.ui.call.Identifiers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/** Logins in the memory of this process; the oldest ends when there are too many. Usable from any thread. */
final class RememberedLogins implements Accounts {
    private static final int MOST = 10_000;
    private static final int ID_LENGTH = 8;
    private static final Duration VALID = Duration.ofDays(14);

    private final BiPredicate<String, String> rule;
    private final String id = Identifiers.next().substring(0, ID_LENGTH);
    private final Map<String, Login> logins = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Login> eldest) {
            return size() > MOST;
        }
    };

    RememberedLogins(BiPredicate<String, String> rule) {
        this.rule = rule;
    }

    private record Login(String user, long at) {}

    @Override
    public boolean needed() {
        return true;
    }

    @Override
    public Optional<String> logIn(String name, String password) {
        if (!rule.test(name, password)) {
            return Optional.empty();
        }
        String secret = Identifiers.next();
        synchronized (logins) {
            logins.put(secret, new Login(name, System.nanoTime()));
        }
        return Optional.of(secret);
    }

    @Override
    public Optional<String> user(String secret) {
        synchronized (logins) {
            return Optional.ofNullable(logins.get(secret))
                    .filter(login -> System.nanoTime() - login.at() < VALID.toNanos())
                    .map(Login::user);
        }
    }

    @Override
    public void logOut(String secret) {
        synchronized (logins) {
            logins.remove(secret);
        }
    }

    @Override
    public String id() {
        return id;
    }
}
