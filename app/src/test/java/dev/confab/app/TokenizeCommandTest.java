package dev.confab.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.engine.Fixtures;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class TokenizeCommandTest {
    private final JsonNode golden = Fixtures.golden("tokenizer-small512");

    @Test
    void textsBecomeTheReferencesIds() {
        Shell.Result result = new Shell()
                .typing(lines(golden.get("encode"), "text"))
                .run("tokenize", "--model", Shell.TOKENIZER, "--batch", "-", "--json");

        assertSame(result, golden.get("encode"), "ids", "ids");
    }

    @Test
    void idsBecomeTheReferencesTexts() {
        Shell.Result result = new Shell()
                .typing(lines(golden.get("decode"), "ids"))
                .run("detokenize", "--model", Shell.TOKENIZER, "--batch", "-", "--json");

        assertSame(result, golden.get("decode"), "text", "decode");
    }

    private static String lines(JsonNode examples, String field) {
        var lines = new StringBuilder();
        for (JsonNode example : examples) {
            lines.append(JsonNodeFactory.instance.objectNode().set(field, example.get(field)))
                    .append('\n');
        }
        return lines.toString();
    }

    private static void assertSame(Shell.Result result, JsonNode examples, String field, String expected) {
        List<JsonNode> answers = result.documents();
        List<String> failures = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            if (!answers.get(i).get(field).equals(examples.get(i).get(expected))) {
                failures.add(examples.get(i) + " gave " + answers.get(i));
            }
        }
        System.out.println("tokenizer-small512 through the command line, " + field + ": " + examples.size() + " cases");
        assertThat(failures).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(answers).hasSize(examples.size());
        assertThat(examples.size()).isGreaterThan(50);
    }

    @Test
    void onePlainTextGivesNumbersAndBack() {
        Shell.Result ids = new Shell().run("tokenize", "--model", Shell.TOKENIZER, "Does money buy happiness?");
        Shell.Result text = new Shell().typing(ids.out()).run("detokenize", "--model", Shell.TOKENIZER);

        assertThat(ids.out()).isEqualTo("35 78 322 386 484 469 30\n");
        assertThat(text.out()).isEqualTo("Does money buy happiness?\n");
        assertThat(new Shell()
                        .run("detokenize", "--model", Shell.TOKENIZER, "[35, 78]")
                        .out())
                .isEqualTo("Do\n");
    }

    @Test
    void aTextFromAPipeLosesOnlyItsLastLineEnd() {
        String model = Shell.TOKENIZER;

        assertThat(new Shell()
                        .typing("hi\n\n")
                        .run("tokenize", "--model", model)
                        .out())
                .isEqualTo(new Shell().run("tokenize", "--model", model, "hi\n").out());
    }

    @Test
    void specialTokensCanBeLeftOut() {
        String line = "{\"ids\": [35, 511], \"skip_special_tokens\": %s}\n";
        Shell.Result result = new Shell()
                .typing(line.formatted(true) + line.formatted(false))
                .run("detokenize", "--model", Shell.TOKENIZER, "--batch", "-");

        assertThat(result.out()).isEqualTo("{\"text\":\"D\"}\n{\"text\":\"D<|endoftext|>\"}\n");
    }

    @Test
    void aBrokenLineIsNamedAndTheOthersAreAnswered() {
        assertBroken("{\"text\": \"hi\"", "standard input:3: not valid JSON");
        assertBroken("{\"text\": 5}", "standard input:3: 'text' is 5; expected a text");
        assertBroken("{\"txt\": \"hi\"}", "standard input:3: 'text' is missing");
        assertBroken("[1]", "standard input:3: expected a JSON object");
        assertBroken("{\"text\": \"a\"} {}", "standard input:3: not valid JSON");
    }

    private static void assertBroken(String line, String message) {
        Shell.Result result = new Shell()
                .typing("{\"text\": \"hi\"}\n\n" + line + "\n{\"text\": \"reached\"}\n")
                .run("tokenize", "--model", Shell.TOKENIZER, "--batch", "-");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.documents()).hasSize(3);
        assertThat(result.documents().get(1).path("error").asString()).contains(message);
        assertThat(result.documents().get(2).has("ids")).isTrue();
        assertThat(result.err()).hasLineCount(1).contains(message);
    }

    @Test
    void whatIsNoIdIsRefused() {
        Shell.Result word = new Shell().run("detokenize", "--model", Shell.TOKENIZER, "35", "x");
        Shell.Result unknown = new Shell().run("detokenize", "--model", Shell.TOKENIZER, "512");

        assertThat(word.exitCode()).isEqualTo(2);
        assertThat(word.err()).contains("'x'");
        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(unknown.err()).contains("512");
    }
}
