package dev.confab.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where the tests of every module find the golden files and the tiny checkpoints; see {@code fixtures/README.md}.
 *
 * <p>Relative to the module's folder, in which Maven starts its tests.
 */
public final class Fixtures {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Path ROOT =
            Path.of("..", "engine", "src", "test", "resources", "fixtures").toAbsolutePath();
    private static final Path UNPACKED = unpack();

    private Fixtures() {}

    /** A checkpoint's folder or file, such as {@code "tiny-a/st-f32"} or {@code "bad/ok.bin"}. */
    public static Path model(String name) {
        return UNPACKED.resolve("models").resolve(name);
    }

    /** A tokenizer's folder: {@code "small512"} as it stands, {@code "gpt2"} rebuilt from JTokkit's ranks. */
    public static Path tokenizer(String name) {
        return name.equals("gpt2")
                ? Gpt2Vocabulary.folder(UNPACKED)
                : ROOT.resolve("tokenizers").resolve(name);
    }

    /** A golden file, such as {@code "logits-tiny-a"}. */
    public static JsonNode golden(String name) {
        return json(ROOT.resolve("golden").resolve(name + ".json"));
    }

    /** Any JSON file. */
    public static JsonNode json(Path file) {
        return JSON.readTree(file);
    }

    private static Path unpack() {
        Path zip = ROOT.resolve("models.zip");
        Path target = Path.of("target", "fixtures").toAbsolutePath();
        try {
            Path complete = target.resolve("complete");
            if (Files.exists(complete)
                    && Files.getLastModifiedTime(complete).compareTo(Files.getLastModifiedTime(zip)) >= 0) {
                return target;
            }
            try (var entries = new ZipInputStream(Files.newInputStream(zip))) {
                for (ZipEntry entry; (entry = entries.getNextEntry()) != null; ) {
                    if (!entry.isDirectory()) {
                        Path file = target.resolve(entry.getName());
                        Files.createDirectories(file.getParent());
                        Files.write(file, entries.readAllBytes());
                    }
                }
            }
            Files.writeString(complete, "");
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
