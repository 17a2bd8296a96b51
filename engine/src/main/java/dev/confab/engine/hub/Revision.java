package dev.confab.engine.hub;

import java.util.regex.Pattern;

/**
 * A branch, a tag, a reference such as {@code "refs/pr/2"}, or the hash of a commit.
 *
 * @param value as the hub knows it
 */
record Revision(String value) {
    private static final Pattern VALID = Pattern.compile("\\w[\\w.+-]*(?:/\\w[\\w.+-]*)*");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final int MAX_LENGTH = 250;

    Revision {
        if (value.length() > MAX_LENGTH || !VALID.matcher(value).matches() || value.contains("..")) {
            throw new HubException(
                    "'%s' is no revision; give a branch or tag such as main, or a commit's 40 hexadecimal digits"
                            .formatted(value));
        }
    }

    /** Whether the text is the full hash of a commit, which never changes its content. */
    static boolean isCommit(String text) {
        return COMMIT.matcher(text).matches();
    }

    boolean isCommit() {
        return isCommit(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
