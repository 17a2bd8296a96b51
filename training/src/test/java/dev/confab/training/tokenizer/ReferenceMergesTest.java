package dev.confab.training.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.engine.Fixtures;
import dev.confab.engine.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds the trainer to what the Rust tokenizers library learns from the same texts, which are in many scripts. */
final class ReferenceMergesTest {
    private static final int VOCABULARY_SIZE = 768;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {2, 9})
    void theMergesAreTheReferences(long minimumFrequency) throws IOException {
        var options = TokenizerOptions.of(VOCABULARY_SIZE).withMinimumFrequency(minimumFrequency);
        Tokenizer tokenizer = new TokenizerTrainer(options).train(texts().stream());
        tokenizer.save(folder);

        List<String> expected = reference(minimumFrequency);
        List<String> lines = Files.readAllLines(folder.resolve("merges.txt"));
        System.out.println("minimum frequency " + minimumFrequency + ": " + expected.size() + " merges from "
                + texts().size() + " texts");
        assertThat(lines.getFirst()).isEqualTo("#version: 0.2");
        assertThat(lines.subList(1, lines.size())).hasSizeGreaterThan(100).isEqualTo(expected);
        assertThat(tokenizer.vocabularySize()).isEqualTo(257 + expected.size());
        assertThat(tokenizer.eosTokenId()).isEqualTo(256 + expected.size());
        for (int i = 0; i < expected.size(); i++) {
            assertThat(tokenizer.idToToken(256 + i)).hasValue(expected.get(i).replace(" ", ""));
        }
    }

    static List<String> texts() {
        var texts = new ArrayList<String>();
        for (String golden : List.of("tokenizer-small512", "tokenizer-gpt2")) {
            for (JsonNode entry : Fixtures.golden(golden).get("encode")) {
                texts.add(entry.get("text").asString());
            }
        }
        return texts;
    }

    private static List<String> reference(long minimumFrequency) throws IOException {
        try (InputStream file =
                Objects.requireNonNull(ReferenceMergesTest.class.getResourceAsStream("reference-merges.json"))) {
            var merges = new ArrayList<String>();
            for (JsonNode merge : JsonMapper.shared().readTree(file).get(Long.toString(minimumFrequency))) {
                merges.add(merge.asString());
            }
            return merges;
        }
    }
}
