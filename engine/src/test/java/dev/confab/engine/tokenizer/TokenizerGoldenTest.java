package dev.confab.engine.tokenizer;

import static dev.confab.engine.tokenizer.DecodeOption.CLEAN_UP_SPACES;
import static dev.confab.engine.tokenizer.DecodeOption.KEEP_SPACES;
import static dev.confab.engine.tokenizer.DecodeOption.SKIP_SPECIAL_TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.engine.Fixtures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Every case that transformers' own tokenizer answered, with GPT-2's vocabulary and with a small one. */
final class TokenizerGoldenTest {
    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "small512"})
    void everyCaseOfTheReferenceIsMet(String name) {
        Tokenizer tokenizer = Tokenizer.load(Fixtures.tokenizer(name));
        JsonNode golden = Fixtures.golden("tokenizer-" + name);
        golden.get("encode").forEach(entry -> encode(tokenizer, entry));
        golden.get("encode_add_prefix_space").forEach(entry -> {
            EncodeOptions options = tokenizer.encodeOptions().withAddPrefixSpace(true);
            compare("encode_add_prefix_space", entry, tokenizer.encode(text(entry), options), ids(entry.get("ids")));
        });
        golden.get("decode").forEach(entry -> decode(tokenizer, entry));
        golden.get("text_streamer").get("cases").forEach(entry -> stream(tokenizer, entry));
        golden.get("call_options").forEach(entry -> call(tokenizer, entry));
        System.out.println("tokenizer-" + name + ": " + counts);
        assertThat(failures).isEmpty();
        assertThat(counts.get("encode")).isEqualTo(golden.get("encode").size());
        assertThat(counts.get("call_options")).isEqualTo(9);
    }

    private void encode(Tokenizer tokenizer, JsonNode entry) {
        String text = text(entry);
        int[] ids = ids(entry.get("ids"));
        compare("encode", entry, tokenizer.encode(text), ids);
        compare("encode: decode", entry, tokenizer.decode(ids, KEEP_SPACES), text);
        compare("encode: decode_cleaned", entry, tokenizer.decode(ids, CLEAN_UP_SPACES), or(entry, "decode_cleaned"));
        String skipped = tokenizer.decode(ids, SKIP_SPECIAL_TOKENS);
        compare("encode: decode_skip_special", entry, skipped, or(entry, "decode_skip_special"));
        if (entry.has("ids_split_special_tokens")) {
            EncodeOptions options = tokenizer.encodeOptions().withSplitSpecialTokens(true);
            int[] expected = ids(entry.get("ids_split_special_tokens"));
            compare("encode: ids_split_special_tokens", entry, tokenizer.encode(text, options), expected);
        }
        compare("encode: streamed", entry, streamed(tokenizer, ids), text);
    }

    private void decode(Tokenizer tokenizer, JsonNode entry) {
        int[] ids = ids(entry.get("ids"));
        String text = entry.get("decode").asString();
        compare("decode", entry, tokenizer.decode(ids), text);
        compare("decode: streamed", entry, streamed(tokenizer, ids), text);
        if (entry.has("decode_skip_special")) {
            String expected = entry.get("decode_skip_special").asString();
            compare("decode: decode_skip_special", entry, tokenizer.decode(ids, SKIP_SPECIAL_TOKENS), expected);
        }
    }

    private void stream(Tokenizer tokenizer, JsonNode entry) {
        boolean clean = entry.get("clean_up_tokenization_spaces").asBoolean();
        var chunk = new StringBuilder();
        var streamer = new TextStreamer(tokenizer, chunk::append, clean ? CLEAN_UP_SPACES : KEEP_SPACES);
        var chunks = new ArrayList<String>();
        for (int id : ids(entry.get("ids"))) {
            streamer.put(id);
            chunks.add(chunk.toString());
            chunk.setLength(0);
        }
        streamer.end();
        chunks.add(chunk.toString());
        compare("text_streamer", entry, chunks, texts(entry.get("chunks")));
    }

    private void call(Tokenizer tokenizer, JsonNode entry) {
        JsonNode args = entry.get("args");
        BatchOptions options = tokenizer.batchOptions();
        if (args.has("max_length")) {
            options = options.withMaxLength(args.get("max_length").asInt());
        }
        if (args.has("truncation_side")) {
            options = options.withTruncationSide(Side.LEFT);
        }
        if (args.path("padding_side").asString("").equals("left")) {
            options = options.withPaddingSide(Side.LEFT);
        }
        boolean single = entry.has("text");
        List<String> texts = single ? List.of(text(entry)) : texts(entry.get("texts"));
        EncodedBatch batch = tokenizer.encodeBatch(texts, options);
        compare("call_options", entry, List.of(batch.inputIds()), rows(entry.get("input_ids"), single));
        compare("call_options: mask", entry, List.of(batch.attentionMask()), rows(entry.get("attention_mask"), single));
    }

    private static String streamed(Tokenizer tokenizer, int[] ids) {
        StreamingDecoder decoder = tokenizer.newStreamingDecoder();
        var text = new StringBuilder();
        for (int id : ids) {
            text.append(decoder.next(id));
        }
        return text.append(decoder.finish()).toString();
    }

    private void compare(String kind, JsonNode entry, Object found, Object expected) {
        counts.merge(kind, 1, Integer::sum);
        if (!Arrays.deepEquals(new Object[] {toArray(found)}, new Object[] {toArray(expected)})) {
            failures.add(kind + ": found " + Arrays.deepToString(new Object[] {toArray(found)}) + " for " + entry);
        }
    }

    private static Object toArray(Object value) {
        return value instanceof List<?> list ? list.toArray() : value;
    }

    private static String text(JsonNode entry) {
        return entry.get("text").asString();
    }

    private static String or(JsonNode entry, String name) {
        return entry.has(name) ? entry.get(name).asString() : text(entry);
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asString)
                .toList();
    }

    private static List<int[]> rows(JsonNode array, boolean single) {
        return single
                ? List.of(ids(array))
                : StreamSupport.stream(array.spliterator(), false)
                        .map(TokenizerGoldenTest::ids)
                        .toList();
    }

    private static int[] ids(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToInt(JsonNode::asInt)
                .toArray();
    }
}
