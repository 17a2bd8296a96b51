package dev.confab.ui.account;

import java.util.Optional;

/** No accounts at all. */
record Nobody() implements Accounts {
    @Override
    public boolean needed() {
        return false;
    }

    @Override
    public Optional<String> logIn(String name, String password) {
        return Optional.empty();
    }

    @Override
    public Optional<String> user(String secret) {
        return Optional.empty();
    }

    @Override
    public void logOut(String secret) {
        // nobody was logged in
    }

    @Override
    public String id() {
        return "none";
    }
}
