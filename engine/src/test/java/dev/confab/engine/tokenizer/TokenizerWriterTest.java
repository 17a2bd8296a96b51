package dev.confab.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.engine.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class TokenizerWriterTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"small512", "gpt2"})
    void whatWasLoadedIsWrittenWithEqualIdsInBothForms(String name) throws IOException {
        Tokenizer original = Tokenizer.load(Fixtures.tokenizer(name));
        original.save(folder);

        assertThat(Fixtures.json(folder.resolve("vocab.json")))
                .isEqualTo(Fixtures.json(Fixtures.tokenizer(name).resolve("vocab.json")));
        assertThat(Files.readString(folder.resolve("merges.txt")).strip())
                .isEqualTo(Files.readString(Fixtures.tokenizer(name).resolve("merges.txt"))
                        .strip());
        assertEqual(Tokenizer.load(folder), original);
        Files.delete(folder.resolve("vocab.json"));
        Files.delete(folder.resolve("merges.txt"));
        assertEqual(Tokenizer.load(folder), original);
        Files.delete(folder.resolve("tokenizer_config.json"));
        assertEqual(Tokenizer.load(folder), original);
    }

    private static void assertEqual(Tokenizer written, Tokenizer original) {
        int texts = 0;
        for (String golden : List.of("tokenizer-small512", "tokenizer-gpt2")) {
            for (JsonNode entry : Fixtures.golden(golden).get("encode")) {
                String text = entry.get("text").asString();
                assertThat(written.encode(text)).as(text).isEqualTo(original.encode(text));
                texts++;
            }
        }
        assertThat(texts).isEqualTo(585);
        assertThat(written.vocabularySize()).isEqualTo(original.vocabularySize());
        assertThat(written.eosTokenId()).isEqualTo(original.eosTokenId());
    }

    @Test
    void everySettingIsKept() {
        TokenizerFolder source = TokenizerFolder.small(folder).write("tokenizer_config.json", """
                {"add_bos_token": true, "add_prefix_space": true, "split_special_tokens": true,
                 "clean_up_tokenization_spaces": true, "model_max_length": 77, "padding_side": "left",
                 "truncation_side": "left", "bos_token": "<s>", "eos_token": "</s>", "unk_token": null,
                 "pad_token": "<pad>", "additional_special_tokens": ["<x>", "<y>"],
                 "chat_template": "{{ messages }}", "added_tokens_decoder": {
                   "600": {"content": "<m>", "lstrip": true, "rstrip": true, "single_word": true, "special": false}}}
                """);
        Tokenizer original = source.load();
        Path copy = folder.resolve("deep").resolve("copy");
        original.save(copy);
        Tokenizer written = Tokenizer.load(copy);

        assertThat(TokenizerConfig.load(copy).namedTokens())
                .isEqualTo(TokenizerConfig.load(folder).namedTokens());
        assertThat(written.encodeOptions())
                .isEqualTo(original.encodeOptions())
                .isEqualTo(new EncodeOptions(true, true));
        assertThat(written.batchOptions()).isEqualTo(original.batchOptions());
        assertThat(written.modelMaxLength()).hasValue(77);
        assertThat(written.chatTemplate()).hasValue("{{ messages }}");
        assertThat(written.unkTokenId()).isEmpty();
        assertThat(written.vocabularySize()).isEqualTo(original.vocabularySize());
        for (int id = 0; id <= 610; id++) {
            assertThat(written.idToToken(id)).isEqualTo(original.idToToken(id));
            assertThat(written.isSpecial(id)).isEqualTo(original.isSpecial(id));
        }
        var options = new EncodeOptions(false, false);
        String text = "Hi there.  <m>  so</s><pad> a<m>b <x>";
        assertThat(written.encode(text, options))
                .isEqualTo(original.encode(text, options))
                .contains(600);
        assertThat(written.decode(written.encode("so ."))).isEqualTo(original.decode(original.encode("so .")));
    }

    @Test
    void aNewTokenizerEndsTurnsAsDialoGptDoes() {
        Tokenizer tokenizer = Tokenizer.of(List.of("a", "b", "ab"), List.of("a b"), List.of("<end>", "<pad>"))
                .withModelMaxLength(128);
        tokenizer.save(folder);
        Tokenizer written = Tokenizer.load(folder);
        JsonNode config = Fixtures.json(folder.resolve("tokenizer_config.json"));

        assertThat(written.encode("abba<end><pad>")).containsExactly(2, 1, 0, 3, 4);
        assertThat(written.eosTokenId()).isEqualTo(3);
        assertThat(written.bosTokenId()).hasValue(3);
        assertThat(written.modelMaxLength()).hasValue(128);
        assertThat(written.chatTemplate())
                .hasValue("{% for message in messages %}{{ message.content }}{{ eos_token }}{% endfor %}");
        assertThat(config.get("tokenizer_class").asString()).isEqualTo("GPT2Tokenizer");
        assertThat(config.get("additional_special_tokens").get(0).asString()).isEqualTo("<pad>");
    }

    @Test
    void partsThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> Tokenizer.of(List.of("a", "a"), List.of(), List.of("<end>")))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("'a' is there twice");
        assertThatThrownBy(() -> Tokenizer.of(List.of("a", "b"), List.of("a b"), List.of("<end>")))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("merge 1")
                .hasMessageContaining("'ab'");
        assertThatThrownBy(() -> Tokenizer.of(List.of("a"), List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        Tokenizer.of(List.of("a"), List.of(), List.of("<end>")).withModelMaxLength(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0, expected at least 1");
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamedAndNothingIsLeftBehind() throws IOException {
        Tokenizer tokenizer = Tokenizer.of(List.of("a"), List.of(), List.of("<end>"));
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> tokenizer.save(file))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining(file + ": cannot write the tokenizer's files");

        Path blocked = Files.createDirectories(folder.resolve("blocked"));
        Files.createDirectories(blocked.resolve("vocab.json").resolve("occupied"));
        assertThatThrownBy(() -> tokenizer.save(blocked)).isInstanceOf(TokenizerException.class);
        try (Stream<Path> left = Files.list(blocked)) {
            assertThat(left).containsExactly(blocked.resolve("vocab.json"));
        }
    }
}
