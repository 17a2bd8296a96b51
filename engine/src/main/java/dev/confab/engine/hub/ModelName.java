package dev.confab.engine.hub;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a model on the hub: {@code "owner/name"}, or a single word as the oldest models have, {@code "gpt2"}.
 *
 * @param value the name as it stands in an address
 */
record ModelName(String value) {
    private static final Pattern VALID = Pattern.compile("(?:\\w(?:[\\w.-]*\\w)?/)?\\w(?:[\\w.-]*\\w)?");
    private static final Pattern PATH_LIKE =
            Pattern.compile("[./~\\\\].*|[A-Za-z]:.*|.*\\\\.*|.*/|[^/]*/[^/]*/.*|.*\\.(?:bin|safetensors|json|pkl)");
    private static final int MAX_LENGTH = 96;
    private static final String FORM =
            "a name is OWNER/NAME or NAME, of letters, digits, '-', '_' and '.', such as microsoft/DialoGPT-medium";
    private static final String FOLDER_PREFIX = "models--";
    private static final String FOLDER_SEPARATOR = "--";

    /**
     * Reads what was given as a model and is no existing file or folder.
     *
     * @throws HubException where it cannot be a name; says whether it looks like a path
     */
    static ModelName parse(String text) {
        if (looksLikePath(text)) {
            throw new HubException(
                    "no file or folder '%s' (looked for %s); a model is the folder of a checkpoint or a name such as microsoft/DialoGPT-medium"
                            .formatted(text, Path.of(text).toAbsolutePath().normalize()));
        }
        if (!isValid(text)) {
            throw new HubException("'%s' is neither an existing folder nor a model's name; %s".formatted(text, FORM));
        }
        return new ModelName(text);
    }

    /**
     * Reads a name that can be nothing else.
     *
     * @throws HubException where it is none
     */
    static ModelName of(String text) {
        if (!isValid(text)) {
            throw new HubException("'%s' is not a model's name; %s".formatted(text, FORM));
        }
        return new ModelName(text);
    }

    /** The name whose files a folder of the cache holds, or nothing where the folder is none of a model's. */
    static Optional<ModelName> ofFolder(String folder) {
        if (!folder.startsWith(FOLDER_PREFIX)) {
            return Optional.empty();
        }
        String name = folder.substring(FOLDER_PREFIX.length()).replace(FOLDER_SEPARATOR, "/");
        return isValid(name) ? Optional.of(new ModelName(name)) : Optional.empty();
    }

    /** The folder in the cache: {@code "models--owner--name"}. */
    String folder() {
        return FOLDER_PREFIX + value.replace("/", FOLDER_SEPARATOR);
    }

    @Override
    public String toString() {
        return value;
    }

    private static boolean isValid(String text) {
        return text.length() <= MAX_LENGTH
                && VALID.matcher(text).matches()
                && !text.contains(FOLDER_SEPARATOR)
                && !text.contains("..");
    }

    private static boolean looksLikePath(String text) {
        return text.indexOf('\0') < 0 && PATH_LIKE.matcher(text).matches();
    }
}
