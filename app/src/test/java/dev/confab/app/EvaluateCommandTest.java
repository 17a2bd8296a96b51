package dev.confab.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.confab.engine.Fixtures;
import dev.confab.evaluation.metric.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class EvaluateCommandTest {
    private static final String EXCHANGES = """
            {"context": ["Does money buy happiness?"], "references": ["Depends on how much.", "No."]}
            {"context": ["Hi!", "Hello."], "references": ["How are you?", "What is new?"]}
            """;

    @TempDir
    Path folder;

    @Test
    void perplexityIsADocumentOfThreeNumbers() throws IOException {
        String data = write("data.jsonl", "{\"turns\": [\"Hi!\", \"Hello, how are you?\"]}\n");
        Shell.Result result =
                new Shell().run("evaluate", "--model", Shell.TINY, "--data", data, "--metrics", "perplexity", "--json");

        assertThat(result.err()).isEmpty();
        JsonNode document = result.documents().getFirst();
        assertThat(document.propertyNames()).containsExactly("loss", "perplexity", "tokens");
        assertThat(document.get("perplexity").doubleValue())
                .isCloseTo(Math.exp(document.get("loss").doubleValue()), within(1e-9));
        assertThat(document.get("tokens").longValue()).isGreaterThan(5);
    }

    @Test
    void fewerTurnsToPredictAreFewerTokens() throws IOException {
        String data = write("data.jsonl", "{\"turns\": [\"Hi!\", \"Hello, how are you?\"]}\n");
        long all = tokens(data, "all");
        assertThat(tokens(data, "replies")).isLessThan(all).isEqualTo(tokens(data, "last"));
    }

    private static long tokens(String data, String turns) {
        return new Shell()
                .run("evaluate", "--model", Shell.TINY, "--data", data, "--score-turns", turns, "--json")
                .documents()
                .getFirst()
                .get("tokens")
                .longValue();
    }

    @Test
    void repliesAreMeasuredAgainstReferences() throws IOException {
        String replies = write("replies.txt", "Depends on how much.\nHow are you doing?\n");
        String references = write("references.jsonl", EXCHANGES);
        JsonNode document = new Shell()
                .run("evaluate", "--hypotheses", replies, "--references", references, "--json", "--bootstrap", "0")
                .documents()
                .getFirst();

        assertThat(document.propertyNames())
                .contains("nist", "bleu", "meteor", "entropy", "distinct", "average_length")
                .doesNotContain("intervals");
        assertThat(document.get("nist").size()).isEqualTo(4);
        assertThat(document.get("bleu").size()).isEqualTo(4);
        assertThat(document.at("/bleu/0").doubleValue()).isBetween(0.7, 0.95);
        assertThat(document.get("entropy").size()).isEqualTo(4);
        assertThat(document.get("distinct").size()).isEqualTo(2);
        assertThat(document.get("average_length").doubleValue()).isEqualTo(4);
    }

    @Test
    void everyMetricCanBeAskedForByName() throws IOException {
        String replies = write("replies.txt", "Depends on how much.\nHow are you doing?\n");
        String references = write("references.jsonl", EXCHANGES);
        for (Metric metric : Metric.values()) {
            JsonNode document = new Shell()
                    .run(
                            "evaluate",
                            "--hypotheses",
                            replies,
                            "--references",
                            references,
                            "--metrics",
                            metric.key(),
                            "--bootstrap",
                            "10",
                            "--json")
                    .documents()
                    .getFirst();
            assertThat(document.propertyNames()).containsExactly(metric.key(), "intervals");
        }
        String help = new Shell().run("evaluate", "--help").out();
        assertThat(Metric.values()).allSatisfy(metric -> assertThat(help).contains(metric.key()));
    }

    @Test
    void modelsAndRepliesStandSideBySide() throws IOException {
        String references = write("references.jsonl", EXCHANGES);
        String other = Fixtures.model("tiny-a/st-f16").toString();
        String replies = write("replies.txt", "Depends on how much.\nHow are you doing?\n");
        String[] command = {
            "evaluate",
            "--model",
            Shell.TINY,
            "--model",
            other,
            "--hypotheses",
            replies,
            "--references",
            references,
            "--max-new-tokens",
            "8",
            "--bootstrap",
            "20",
            "--format",
            "json"
        };
        JsonNode systems = new Shell().run(command).documents().getFirst().get("systems");

        assertThat(systems.size()).isEqualTo(3);
        assertThat(systems.get(0).get("name").stringValue()).isEqualTo(replies);
        assertThat(systems.get(1).get("name").stringValue()).isEqualTo(Shell.TINY);
        assertThat(systems.get(2).has("repeated_trigrams")).isTrue();
        assertThat(systems.get(2).at("/intervals/bleu/3").size()).isEqualTo(2);

        command[command.length - 1] = "markdown";
        assertThat(new Shell().run(command).out())
                .startsWith("|  | " + replies + " | ")
                .contains("| BLEU-4 | ");
        command[command.length - 1] = "text";
        assertThat(new Shell().run(command).out().lines().findFirst().orElseThrow())
                .endsWith(other);
    }

    @Test
    void aPlotIsDrawnBesideTheTable() throws IOException {
        String replies = write("replies.txt", "yes\nno\n");
        Path plot = folder.resolve("plot.png");
        Shell.Result result = new Shell()
                .run("evaluate", "--hypotheses", replies, "--metrics", "distinct", "--plot", plot.toString());

        assertThat(result.out()).contains("Distinct-2");
        assertThat(ImageIO.read(plot.toFile()).getWidth()).isPositive();
        assertFails(1, "a plot is a .png file", "--hypotheses", replies, "--plot", "plot.bmp");
    }

    @Test
    void aModelOfTheEnvironmentIsNotEvaluatedWhereRepliesAre() throws IOException {
        String replies = write("replies.txt", "yes\nno\n");
        Shell.Result result =
                new Shell().with("CONFAB_MODEL", "nowhere/none").run("evaluate", "--hypotheses", replies, "--json");

        assertThat(result.err()).isEmpty();
        assertThat(result.documents().getFirst().get("distinct").get(0).doubleValue())
                .isEqualTo(1);
    }

    @Test
    void mistakesAreSaidInOneLine() throws IOException {
        String replies = write("replies.txt", "yes\n");
        String references = write("references.jsonl", EXCHANGES);
        String empty = write("empty.txt", "");

        assertFails(
                1, "1 replies, but there are references for 2", "--hypotheses", replies, "--references", references);
        assertFails(1, "the file is empty", "--hypotheses", empty);
        assertFails(1, "no such file", "--hypotheses", folder.resolve("none").toString());
        assertFails(2, "unknown metric 'blue'; choose from nist", "--hypotheses", replies, "--metrics", "blue");
        assertFails(2, "bleu needs references", "--hypotheses", replies, "--metrics", "bleu");
        assertFails(2, "perplexity needs a model", "--hypotheses", replies, "--metrics", "perplexity");
        assertFails(2, "nothing to evaluate; give --model");
        assertFails(2, "nothing to evaluate the model on", "--model", Shell.TINY);
        assertFails(1, "no dialogue in it", "--model", Shell.TINY, "--data", empty);
        String tooLong =
                write("long.jsonl", "{\"context\": [\"" + "word ".repeat(200) + "\"], \"references\": [\"no\"]}");
        assertFails(1, "last turn of context 1 is longer", "--model", Shell.TINY, "--references", tooLong);
    }

    private static void assertFails(int exitCode, String message, String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "evaluate";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Shell.Result result = new Shell().run(command);

        assertThat(result.err()).hasLineCount(1).contains(message);
        assertThat(result.exitCode()).as(message).isEqualTo(exitCode);
        assertThat(result.out()).isEmpty();
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
