package dev.confab.evaluation.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.confab.evaluation.data.Exchange;
import dev.confab.evaluation.data.ReferenceFile;
import dev.confab.evaluation.data.ReplyFile;
import dev.confab.evaluation.text.DialogueCleaner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * DialoGPT's published figures, recomputed from its own files. They are other people's words and not kept here: get the
 * demo of the DSTC-7 evaluation and {@code data/human.ref.6k.txt} of microsoft/DialoGPT, and name their folder with
 * {@code -DargLine.extra=-Dconfab.published=FOLDER}.
 */
@EnabledIfSystemProperty(named = "confab.published", matches = ".+")
final class PublishedFiguresTest {
    private static final Path FOLDER = Path.of(System.getProperty("confab.published", "."));
    private static final double FOUR_DECIMALS = 0.5e-4 + 1e-9;

    @Test
    void theDemoOfTheDstcEvaluationComesToItsPublishedScores() throws IOException {
        Path dstc = FOLDER.resolve("dstc7");
        JsonNode expected = JsonMapper.shared().readTree(dstc.resolve("demo-expected.json"));
        List<Exchange> references =
                ReferenceFile.readAll(List.of(dstc.resolve("demo-ref0.txt"), dstc.resolve("demo-ref1.txt")));
        ReplyMetrics metrics = ReplyMetrics.of(new ReplySet(
                ReplyFile.read(dstc.resolve("demo-hyp.txt")),
                references.stream().map(Exchange::references).toList()));

        assertClose(expected.get("nist"), metrics.score(Metric.NIST));
        assertClose(expected.get("bleu"), metrics.score(Metric.BLEU));
        assertClose(expected.get("entropy"), metrics.score(Metric.ENTROPY));
        assertClose(expected.get("diversity"), metrics.score(Metric.DISTINCT));
        assertThat(metrics.score(Metric.AVERAGE_LENGTH)[0])
                .isEqualTo(expected.get("avg_len").doubleValue());
        System.out.println("DSTC-7 demo: METEOR " + metrics.score(Metric.METEOR)[0] + ", published with paraphrases "
                + expected.get("meteor"));
        for (JsonNode pair : expected.get("clean_str")) {
            assertThat(DialogueCleaner.clean(pair.get(0).stringValue()))
                    .isEqualTo(pair.get(1).stringValue());
        }
        System.out.println("DSTC-7 demo: 15 published values and "
                + expected.get("clean_str").size() + " cleaned texts");
    }

    @Test
    void theHumanAnswersComeToTheHumanRow() throws IOException {
        Path eval = FOLDER.resolve("eval");
        JsonNode expected = JsonMapper.shared().readTree(eval.resolve("human.ref.6k.expected.json"));
        ReplyMetrics metrics =
                ReplyMetrics.of(ReplySet.withoutReferences(ReplyFile.read(eval.resolve("human.ref.6k.txt"))));
        double[] entropy = metrics.score(Metric.ENTROPY);
        double[] distinct = metrics.score(Metric.DISTINCT);
        double length = metrics.score(Metric.AVERAGE_LENGTH)[0];

        JsonNode exact = expected.get("computed_whitespace_no_lowercase");
        assertClose(exact.get("entropy"), entropy);
        assertClose(exact.get("dist"), distinct);
        assertThat(length).isCloseTo(exact.get("avg_len").doubleValue(), within(1e-9));
        JsonNode row = expected.get("readme_row");
        assertThat((double) Math.round(entropy[3])).isEqualTo(row.get("ENT-4").doubleValue());
        assertThat(distinct[0]).isCloseTo(row.get("DIST-1").doubleValue(), within(0.5e-3));
        assertThat(distinct[1]).isCloseTo(row.get("DIST-2").doubleValue(), within(0.5e-3));
        assertThat(length).isCloseTo(row.get("avg_len").doubleValue(), within(0.05));
        System.out.println("human row: 7 values of 6,000 answers");
    }

    private static void assertClose(JsonNode expected, double[] actual) {
        assertThat(actual).hasSize(expected.size());
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).isCloseTo(expected.get(i).doubleValue(), within(FOUR_DECIMALS));
        }
    }
}
