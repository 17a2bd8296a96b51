package dev.confab.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.engine.Fixtures;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class TokenizerFilesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"tokenizer.json", "tokenizer-pairs.json"})
    void tokenizerJsonGivesTheIdsThatVocabularyAndMergesGive(String file) {
        Tokenizer one = new TokenizerFolder(folder).with("tokenizer.json", file).load();
        Tokenizer two = Tokenizer.load(Fixtures.tokenizer("small512"));
        int texts = 0;
        for (String golden : new String[] {"tokenizer-small512", "tokenizer-gpt2"}) {
            for (JsonNode entry : Fixtures.golden(golden).get("encode")) {
                String text = entry.get("text").asString();
                assertThat(one.encode(text)).as(text).isEqualTo(two.encode(text));
                assertThat(one.decode(one.encode(text))).isEqualTo(text);
                texts++;
            }
        }
        System.out.println(file + " against vocab.json and merges.txt: " + texts + " texts");
        assertThat(texts).isEqualTo(585);
        assertThat(one.eosTokenId()).isEqualTo(two.eosTokenId()).isEqualTo(511);
        assertThat(one.vocabularySize()).isEqualTo(two.vocabularySize()).isEqualTo(512);
    }

    @Test
    void gpt2sSpecialTokensAreKnownWithoutAnyFileThatNamesThem() {
        Tokenizer tokenizer = Tokenizer.load(Fixtures.tokenizer("gpt2"));
        assertThat(tokenizer.eosToken()).isEqualTo("<|endoftext|>");
        assertThat(tokenizer.eosTokenId()).isEqualTo(50256);
        assertThat(tokenizer.bosTokenId()).hasValue(50256);
        assertThat(tokenizer.unkTokenId()).hasValue(50256);
        assertThat(tokenizer.padTokenId()).isEmpty();
        assertThat(tokenizer.vocabularySize()).isEqualTo(50257);
        assertThat(tokenizer.modelMaxLength()).hasValue(1024);
        assertThat(tokenizer.chatTemplate()).isEmpty();
        assertThat(tokenizer.tokenToId("Ġmoney")).hasValue(1637);
        assertThat(tokenizer.idToToken(1637)).hasValue("Ġmoney");
        assertThat(tokenizer.tokenToId(" money")).isEmpty();
        assertThat(tokenizer.idToToken(50257)).isEmpty();
        assertThat(tokenizer.idToToken(-1)).isEmpty();
    }

    @Test
    void tokenizerConfigSaysWhatTheTokenizerDoes() {
        String template = "{% for message in messages %}{{ message.content }}{{ eos_token }}{% endfor %}";
        Tokenizer tokenizer = small("{\"chat_template\": \"" + template + "\", \"eos_token\": {\"content\": \"!\"},"
                + " \"pad_token\": \"?\", \"bos_token\": null, \"add_prefix_space\": true, \"padding_side\": \"left\","
                + " \"truncation_side\": \"left\", \"clean_up_tokenization_spaces\": true, \"add_bos_token\": false,"
                + " \"model_max_length\": 1000000000000000019884624838656}");
        assertThat(tokenizer.chatTemplate()).hasValue(template);
        assertThat(tokenizer.eosToken()).isEqualTo("!");
        assertThat(tokenizer.padTokenId()).isEqualTo(tokenizer.tokenToId("?"));
        assertThat(tokenizer.bosTokenId()).isEmpty();
        assertThat(tokenizer.modelMaxLength()).isEmpty();
        assertThat(tokenizer.encodeOptions()).isEqualTo(new EncodeOptions(true, false));
        assertThat(tokenizer.batchOptions()).isEqualTo(new BatchOptions(Integer.MAX_VALUE, Side.LEFT, Side.LEFT));
        assertThat(tokenizer.decode(tokenizer.encode("so ."))).isEqualTo(" so.");
        assertThat(tokenizer.decode(tokenizer.encode("so ."), DecodeOption.KEEP_SPACES))
                .isEqualTo(" so .");
    }

    @Test
    void aBosTokenIsWrittenOnlyWhereTheConfigAsksForIt() {
        Tokenizer tokenizer = small("{\"add_bos_token\": true}");
        assertThat(tokenizer.encode("a")).startsWith(511).hasSize(2);
        BatchOptions cut = tokenizer.batchOptions().withMaxLength(2).withTruncationSide(Side.LEFT);
        int last = tokenizer.tokenToId("z").orElseThrow();
        assertThat(tokenizer.encodeBatch(List.of("x yz"), cut).inputIds()).isDeepEqualTo(new int[][] {{511, last}});
        Tokenizer nameless = small("{\"add_bos_token\": true, \"bos_token\": null}");
        assertThatThrownBy(() -> nameless.encode("a")).hasMessageContaining("has no bos_token");
    }

    @Test
    void theDefaultOfSeveralChatTemplatesAndATemplateFileAreFound() {
        assertThat(small("{\"chat_template\": [{\"name\": \"tool\", \"template\": \"t\"},"
                                + " {\"name\": \"default\", \"template\": \"d\"}]}")
                        .chatTemplate())
                .hasValue("d");
        new TokenizerFolder(folder).write("chat_template.jinja", "file");
        assertThat(Tokenizer.load(folder).chatTemplate()).hasValue("file");
    }

    @Test
    void specialTokensMapAndAddedTokensCountUnlessTheConfigListsTheAddedTokens() {
        TokenizerFolder files = TokenizerFolder.small(folder)
                .write("special_tokens_map.json", "{\"pad_token\": \"<p>\", \"additional_special_tokens\": [\"<q>\"]}")
                .write("added_tokens.json", "{\"<p>\": 700, \"<q>\": 701, \"<r>\": 702}");
        Tokenizer older = files.load();
        assertThat(older.padTokenId()).hasValue(700);
        assertThat(older.isSpecial(701)).isTrue();
        assertThat(older.isSpecial(702)).isFalse();
        Tokenizer newer = files.write(
                        "tokenizer_config.json",
                        "{\"pad_token\": \"<p>\", \"added_tokens_decoder\": {\"513\": {\"content\": \"<p>\"}}}")
                .load();
        assertThat(newer.padTokenId()).hasValue(513);
        assertThat(newer.isSpecial(513)).isTrue();
        assertThat(newer.tokenToId("<r>")).isEmpty();
    }

    @Test
    void mergesWorkWithWindowsLineEndsAndWithoutAHeaderOrAFinalLineFeed() throws Exception {
        Tokenizer expected = Tokenizer.load(Fixtures.tokenizer("small512"));
        String merges = Files.readString(Fixtures.tokenizer("small512").resolve("merges.txt"));
        String body = merges.substring(merges.indexOf('\n') + 1).strip();
        for (String variant : new String[] {merges.replace("\n", "\r\n"), body, body + "\n\n"}) {
            Tokenizer tokenizer =
                    TokenizerFolder.small(folder).write("merges.txt", variant).load();
            String text = "What is the best way to buy happiness, and the kind of pen? I'm happy.";
            assertThat(tokenizer.encode(text)).isEqualTo(expected.encode(text));
        }
    }

    @Test
    void aByteWithoutATokenBecomesTheUnkTokenAndIsAnErrorWhereThereIsNone() {
        new TokenizerFolder(folder).write("merges.txt", "#version: 0.2\na b\n");
        new TokenizerFolder(folder).write("vocab.json", "{\"a\": 4, \"b\": 0, \"ab\": 2, \"<unk>\": 9}");
        new TokenizerFolder(folder).write("tokenizer_config.json", "{\"unk_token\": \"<unk>\"}");
        assertThat(Tokenizer.load(folder).encode("abxba")).containsExactly(2, 9, 0, 4);
        new TokenizerFolder(folder).write("tokenizer_config.json", "{}");
        Tokenizer tokenizer = Tokenizer.load(folder);
        assertThatThrownBy(() -> tokenizer.encode("ab x"))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("lacks a byte of the word ' x'")
                .hasMessageContaining("no unk_token");
        assertThatThrownBy(tokenizer::eosToken)
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("no eos_token");
    }

    @Test
    void anIdWithoutATokenIsRefusedInDecoding() {
        Tokenizer tokenizer = TokenizerFolder.small(folder)
                .write("added_tokens.json", "{\"<x>\": 600}")
                .load();
        for (int id : new int[] {-1, 512, 599, 601, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> tokenizer.decode(new int[] {1, id}))
                    .isInstanceOf(TokenizerException.class)
                    .hasMessageContaining("No token has id " + id)
                    .hasMessageContaining("0 to 600");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vocab.json  | {\"a\": 1,\\n \"b\": \"x\"} | vocab.json, line 2: token 'b' has x, expected an id",
                "vocab.json  | {\"a\": 1,\\n \"b\": -3}  | vocab.json, line 2: token 'b' has id -3",
                "vocab.json  | {\"a\": 2147483647}       | vocab.json, line 1: token 'a' has id 2147483647",
                "vocab.json  | {\"a\": 99999999999999999999} | vocab.json, line 1: ",
                "vocab.json  | {\"a\": 1,\\n\\n \"b\"    | vocab.json, line 3: ",
                "vocab.json  | []                        | vocab.json, line 1: expected a JSON object",
                "vocab.json  | ''                        | vocab.json, line 1: expected a JSON object",
                "vocab.json  | {\"a\": 1, \"b\": 1}      | both have id 1",
                "merges.txt  | #version: 0.2\\nĠ t\\nĠ   | merges.txt, line 3: expected two tokens",
                "merges.txt  | #version: 0.2\\nĠ t h     | merges.txt, line 2: expected two tokens",
                "merges.txt  | #version: 0.2\\nqq t      | merges.txt, line 2: the merge of 'qq' and 't' needs the token 'qq'",
                "merges.txt  | Ġ t\\nz z                 | merges.txt, line 2: the merge of 'z' and 'z' needs the token 'zz'",
                "tokenizer_config.json | {\"eos_token\": 5} | tokenizer_config.json: eos_token: expected a token",
                "tokenizer_config.json | {\"eos_token\": \"\"} | tokenizer_config.json: eos_token: expected a token",
                "tokenizer_config.json | {\"padding_side\": \"up\"} | padding_side is \"up\", expected",
                "tokenizer_config.json | {\"add_prefix_space\": 1} | add_prefix_space is 1, expected true or false",
                "tokenizer_config.json | {\"model_max_length\": 0} | model_max_length is 0, expected a positive",
                "tokenizer_config.json | {\"chat_template\": 1} | chat_template is neither",
                "tokenizer_config.json | {\"added_tokens_decoder\": {\"x\": {\"content\": \"y\"}}} | expected ids as keys",
                "tokenizer_config.json | [1]                | tokenizer_config.json: expected a JSON object, found array",
                "tokenizer_config.json | {\\n\"a\": }         | tokenizer_config.json, line 2: ",
                "added_tokens.json | {\"\": 600}            | added_tokens.json: a token is empty"
            })
    void aBadFileIsRefusedByNamePlaceAndFault(String file, String content, String message) {
        if (message.contains("both have id")) {
            new TokenizerFolder(folder).write("merges.txt", "");
        } else {
            TokenizerFolder.small(folder);
        }
        new TokenizerFolder(folder).write(file, content.replace("\\n", "\n"));
        assertThatThrownBy(() -> Tokenizer.load(folder))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"type\": \"BPE\"          | \"type\": \"WordPiece\"   | model is of type 'WordPiece', expected 'BPE'",
                "\"normalizer\": null       | \"normalizer\": {\"type\": \"NFC\"} | normalizer is {\"type\":\"NFC\"}",
                "\"unk_token\": null        | \"ignore_merges\": true   | model.ignore_merges is true",
                "\"end_of_word_suffix\": \"\" | \"end_of_word_suffix\": \"</w>\" | model.end_of_word_suffix",
                "\"Ġ t\"                    | \"Ġ  t\"                  | model.merges[0]: expected two tokens",
                "\"Ġ t\"                    | [1, 2]                    | model.merges[0]: expected \"left right\"",
                "\"Ġ t\"                    | \"zzz t\"                 | model.merges[0]: the merge of 'zzz'",
                "\"content\":                | \"text\":                   | added_tokens: expected a token",
                "\"id\": 511                | \"id\": 99999999          | has id 99999999, expected 0 to",
                "\"id\": 511                | \"id\": 1.5               | has 1.5, expected an id",
                "\"#\": 2,                  | \"#\": \"2\",             | model.vocab: token '#' has \"2\""
            })
    void aTokenizerJsonThatIsNotGpt2sIsRefusedByName(String from, String to, String message) throws Exception {
        String json = Files.readString(Fixtures.tokenizer("small512").resolve("tokenizer.json"));
        String changed = json.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to));
        assertThat(changed).isNotEqualTo(json);
        new TokenizerFolder(folder).write("tokenizer.json", changed);
        assertThatThrownBy(() -> Tokenizer.load(folder))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("tokenizer.json: ")
                .hasMessageContaining(message);
    }

    @Test
    void aMissingFileIsNamed() throws Exception {
        assertThatThrownBy(() -> Tokenizer.load(folder))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("expected vocab.json and merges.txt, or tokenizer.json");
        new TokenizerFolder(folder).with("vocab.json", "vocab.json");
        assertThatThrownBy(() -> Tokenizer.load(folder)).hasMessageContaining("merges.txt is missing");
        assertThatThrownBy(() -> Tokenizer.load(folder.resolve("nowhere"))).hasMessageContaining("no such folder");
        Files.write(folder.resolve("merges.txt"), "é é\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> Tokenizer.load(folder)).hasMessageContaining("merges.txt: cannot be read as UTF-8");
    }

    private Tokenizer small(String config) {
        return TokenizerFolder.small(folder)
                .write("tokenizer_config.json", config)
                .load();
    }
}
