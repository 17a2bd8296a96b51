package dev.confab.models.mini;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * {@code confab-mini}, a small chat model that Confab trained itself; see its {@code README.md} for what it is good for.
 *
 * {@snippet :
 * Path folder = ConfabMini.unpack(Path.of(System.getProperty("user.home"), ".cache", "my-bot"));
 * try (var bot = Chatbot.fromPretrained(folder.toString())) {
 *     System.out.println(bot.newConversation().say("Hello, who are you?").text());
 * }
 * }
 *
 * <p>Stateless; usable from any thread, and any number of processes at once.
 */
public final class ConfabMini {
    /** The model's name, and what the name of its folder begins with. */
    public static final String NAME = "confab-mini";

    private static final List<String> FILES = List.of(
            "config.json",
            "generation_config.json",
            "merges.txt",
            "model.safetensors",
            "README.md",
            "special_tokens_map.json",
            "tokenizer.json",
            "tokenizer_config.json",
            "vocab.json");

    private static final int HASH_DIGITS = 12;

    private ConfabMini() {}

    /**
     * Copies the model's files into a folder of their own, unless they are there already. The engine maps weights from
     * files, which it cannot do inside a jar.
     *
     * @param cache where the folder is made; its name has a hash, so that another version gets another folder
     * @return the folder, for {@code fromPretrained}
     * @throws UncheckedIOException if the files cannot be written
     */
    public static Path unpack(Path cache) {
        try {
            Path folder = cache.resolve(NAME + "-" + hash());
            if (!Files.isDirectory(folder)) {
                copyTo(folder, cache);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    cache + ": the embedded model cannot be put here: " + e
                            + "; is the disk full, or the folder not yours?",
                    e);
        }
    }

    /** Fills a folder beside its place and moves it there, so that no other process sees it in part. */
    private static void copyTo(Path folder, Path cache) throws IOException {
        Files.createDirectories(cache);
        Path partial = Files.createTempDirectory(cache, NAME + "-partial");
        try {
            for (String name : FILES) {
                try (InputStream in = resource(name)) {
                    Files.copy(in, partial.resolve(name));
                }
            }
            Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            for (String name : FILES) {
                Files.deleteIfExists(partial.resolve(name));
            }
            Files.deleteIfExists(partial);
            if (!Files.isDirectory(folder)) {
                throw e;
            }
            // Another process was quicker, with the same files.
        }
    }

    /** The beginning of a sum over all files, which the build makes. */
    private static String hash() throws IOException {
        try (InputStream in = resource("hash.txt")) {
            return new String(in.readNBytes(HASH_DIGITS), StandardCharsets.US_ASCII);
        }
    }

    private static InputStream resource(String name) {
        return Optional.ofNullable(ConfabMini.class.getResourceAsStream(name))
                .orElseThrow(() -> new IllegalStateException(
                        "the file " + name + " of the embedded model is missing from " + NAME + "'s jar"));
    }
}
