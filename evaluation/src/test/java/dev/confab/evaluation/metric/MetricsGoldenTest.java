package dev.confab.evaluation.metric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.evaluation.meteor.Meteor;
import dev.confab.evaluation.text.DialogueCleaner;
import dev.confab.evaluation.text.MtevalTokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every metric against the program that defines it, to the digits that the program gives. */
final class MetricsGoldenTest {
    /** {@code mteval-v14c.pl} prints four decimals. */
    private static final double FOUR_DECIMALS = 0.5e-4 + 1e-9;

    private static final double EXACT = 1e-9;

    private final JsonNode golden = GoldenMetrics.read();
    private final List<String> failures = new ArrayList<>();
    private int compared;

    @Test
    void nistAndBleuAreThoseOfMteval() {
        for (JsonNode one : golden.get("cases")) {
            ReplyMetrics metrics = ReplyMetrics.of(GoldenMetrics.set(one));
            compare(one, "dstc_nist_1to4", metrics.score(Metric.NIST), FOUR_DECIMALS);
            compare(one, "dstc_bleu_1to4", metrics.score(Metric.BLEU), FOUR_DECIMALS);
        }
        assertAllCompared("NIST and BLEU", 40);
    }

    @Test
    void entropyDistinctAndLengthAreDialogptsOwn() {
        for (JsonNode one : golden.get("cases")) {
            ReplyMetrics metrics = ReplyMetrics.of(GoldenMetrics.set(one));
            compare(one, "entropy_1to4", metrics.score(Metric.ENTROPY), EXACT);
            compare(one, "distinct_1_2", metrics.score(Metric.DISTINCT), EXACT);
            compare(one, "avg_len", metrics.score(Metric.AVERAGE_LENGTH), EXACT);
        }
        assertAllCompared("entropy, distinct n-grams and length", 35);
    }

    @Test
    void bleuOnPlainWordsIsThatOfMultiBleu() {
        Pattern percent = Pattern.compile("BLEU = ([0-9.]+),");
        for (JsonNode one : golden.get("cases")) {
            MatchResult printed = percent.matcher(one.get("multi_bleu_perl").stringValue())
                    .results()
                    .findFirst()
                    .orElseThrow();
            double score = ReplyMetrics.of(GoldenMetrics.set(one)).score(Metric.MULTI_BLEU)[0];
            check(name(one), Double.parseDouble(printed.group(1)) / 100, score, FOUR_DECIMALS);
        }
        assertAllCompared("multi-bleu.perl", 5);
    }

    @Test
    void bleuRougeAndCiderAreThoseOfTheCocoEvaluation() {
        for (JsonNode one : golden.get("cases")) {
            ReplySet set = GoldenMetrics.set(one);
            ReplyMetrics metrics = ReplyMetrics.of(set);
            compare(one, "coco_bleu_1to4", metrics.score(Metric.COCO_BLEU), EXACT);
            compare(one, "coco_rouge_l", metrics.score(Metric.ROUGE_L), EXACT);
            compare(one, "coco_cider", metrics.score(Metric.CIDER), EXACT);
        }
        assertAllCompared("COCO's BLEU, ROUGE-L and CIDEr", 30);
    }

    /** Without its table of paraphrases, as the golden values were made. */
    @Test
    void meteorIsThatOfItsOwnProgramReplyByReplyAndTogether() {
        for (JsonNode one : golden.get("cases")) {
            ReplySet set = GoldenMetrics.set(one);
            var meteor = new Meteor();
            for (int i = 0; i < set.size(); i++) {
                double score = meteor.count(
                                set.replies().get(i), set.references().get(i))
                        .score();
                check(name(one) + " " + i, one.get("meteor15_segments").get(i).doubleValue(), score, EXACT);
            }
            compare(one, "meteor15_exact_stem_synonym", ReplyMetrics.of(set).score(Metric.METEOR), EXACT);
        }
        assertAllCompared("METEOR", 256);
    }

    @Test
    void tokensAreThoseOfMteval() {
        for (JsonNode one : golden.get("mteval_tokenization")) {
            String text = one.get("text").stringValue();
            check(text, one.get("tokens").stringValue(), String.join(" ", MtevalTokenizer.tokenize(text)));
        }
        assertAllCompared("mteval's tokenisation", 27);
    }

    @Test
    void cleanedTextIsThatOfDialogpt() {
        for (JsonNode one : golden.get("dstc_clean_str")) {
            String text = one.get("text").stringValue();
            check(text, one.get("clean").stringValue(), DialogueCleaner.clean(text));
        }
        assertAllCompared("DialoGPT's cleaning", 27);
    }

    private void compare(JsonNode one, String field, double[] values, double tolerance) {
        JsonNode expected = one.get(field);
        for (int i = 0; i < values.length; i++) {
            JsonNode value = expected.isArray() ? expected.get(i) : expected;
            check(name(one) + " " + field + "[" + i + "]", value.doubleValue(), values[i], tolerance);
        }
    }

    private void check(String what, double expected, double actual, double tolerance) {
        compared++;
        if (!(Math.abs(expected - actual) <= tolerance)) {
            failures.add(String.format(Locale.ROOT, "%s: %.10f, expected %.10f", what, actual, expected));
        }
    }

    private void check(String what, String expected, String actual) {
        compared++;
        if (!expected.equals(actual)) {
            failures.add(what + ": '" + actual + "', expected '" + expected + "'");
        }
    }

    private void assertAllCompared(String what, int count) {
        System.out.println("golden values of " + what + ": " + compared);
        assertThat(failures).isEmpty();
        assertThat(compared).isEqualTo(count);
    }

    private static String name(JsonNode one) {
        return one.get("name").stringValue();
    }
}
