package dev.confab.ui.conversation;

import java.util.List;
import java.util.Objects;

/**
 * What belongs to a message besides its text.
 *
 * @param files what was attached; only their names last, as the page deletes files that nobody uses
 * @param options what a reply offers to be said next
 */
public record Additions(List<File> files, List<String> options) {
    /** Nothing. */
    public static final Additions NONE = new Additions(List.of(), List.of());

    /**
     * A file that was attached.
     *
     * @param path by which the page knows it while it is there
     * @param name what it was called
     */
    public record File(String path, String name) {
        /** Refuses null. */
        public File {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(name, "name");
        }
    }

    /** Copies what comes in. */
    public Additions {
        files = List.copyOf(files);
        options = List.copyOf(options);
    }

    long characters() {
        long ofFiles = files.stream()
                .mapToLong(file -> file.path().length() + file.name().length())
                .sum();
        return ofFiles + options.stream().mapToLong(String::length).sum();
    }
}
