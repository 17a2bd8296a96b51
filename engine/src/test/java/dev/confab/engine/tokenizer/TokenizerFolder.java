package dev.confab.engine.tokenizer;

import dev.confab.engine.Fixtures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A folder with a tokenizer made of the small vocabulary's files and of written ones. */
record TokenizerFolder(Path path) {
    /** With {@code vocab.json} and {@code merges.txt} of the small vocabulary. */
    static TokenizerFolder small(Path path) {
        return new TokenizerFolder(path).with("vocab.json", "vocab.json").with("merges.txt", "merges.txt");
    }

    /** Copies one of the small vocabulary's files under a name. */
    TokenizerFolder with(String name, String source) {
        try {
            Path file = Fixtures.tokenizer("small512").resolve(source);
            Files.copy(file, path.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TokenizerFolder write(String name, String content) {
        try {
            Files.writeString(path.resolve(name), content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Tokenizer load() {
        return Tokenizer.load(path);
    }
}
