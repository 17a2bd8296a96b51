package dev.confab.evaluation.metric;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Results of the reference programs; the file says which in {@code made_with} and {@code note}. */
public final class GoldenMetrics {
    private GoldenMetrics() {}

    public static JsonNode read() {
        var stream = Objects.requireNonNull(GoldenMetrics.class.getResourceAsStream("/golden/metrics.json.gz"));
        try (var unpacked = new GZIPInputStream(stream)) {
            return JsonMapper.shared().readTree(unpacked.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The replies and references of a case, whose references are stored set by set. */
    static ReplySet set(JsonNode golden) {
        List<String> replies = texts(golden.get("hyp"));
        List<List<String>> references = new ArrayList<>();
        for (int i = 0; i < replies.size(); i++) {
            List<String> ofOne = new ArrayList<>();
            for (JsonNode set : golden.get("refs")) {
                ofOne.add(set.get(i).stringValue());
            }
            references.add(ofOne);
        }
        return new ReplySet(replies, references);
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::stringValue).toList();
    }
}
