package dev.confab.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.confab.engine.Fixtures;
import dev.confab.engine.generation.GenerationOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class GenerateCommandTest {
    /** Every option of generation through its name in JSON: all cases of one prompt, as far as they are of one row. */
    @Test
    void aBatchGivesTheReferencesTokens() {
        var lines = new StringBuilder();
        List<JsonNode> cases = new ArrayList<>();
        for (JsonNode golden : Fixtures.golden("generate-tiny-a").get("cases")) {
            if (golden.get("input_ids").size() == 1 && !golden.path("kwargs").has("assistant_model")) {
                cases.add(golden);
                lines.append(line(golden)).append('\n');
            }
        }
        Shell.Result result = new Shell()
                .typing(lines.toString())
                .run("generate", "--model", Shell.TINY, "--weights", "f32", "--batch", "-", "--json");

        assertThat(result.err()).isEmpty();
        List<JsonNode> answers = result.documents();
        List<String> failures = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            JsonNode golden = cases.get(i);
            String id = golden.get("id").stringValue();
            if (!sameTokens(golden, answers.get(i))) {
                failures.add(id + ": " + answers.get(i).get("sequences") + ", expected " + golden.get("sequences"));
            }
        }
        System.out.println("generate-tiny-a through the command line: " + cases.size() + " cases");
        assertThat(failures).isEmpty();
        assertThat(cases.size()).isGreaterThan(100);
    }

    private static ObjectNode line(JsonNode golden) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.setAll((ObjectNode) golden.get("kwargs"));
        line.set("prompt_ids", golden.get("input_ids").get(0));
        if (golden.has("attention_mask")) {
            line.set("attention_mask", golden.get("attention_mask").get(0));
        }
        if (golden.has("uniforms")) {
            line.set("uniforms", golden.get("uniforms"));
        }
        return line;
    }

    /** Whether each reply, with the prompt before it and padding behind it, is the reference's row. */
    private static boolean sameTokens(JsonNode golden, JsonNode answer) {
        int prompt = golden.get("input_ids").get(0).size();
        JsonNode rows = golden.get("sequences");
        JsonNode replies = answer.get("sequences");
        if (rows.size() != replies.size()) {
            return false;
        }
        for (int r = 0; r < rows.size(); r++) {
            JsonNode row = rows.get(r);
            JsonNode reply = replies.get(r);
            for (int t = 0; t < row.size() - prompt; t++) {
                int expected = row.get(prompt + t).intValue();
                if (t < reply.size() ? reply.get(t).intValue() != expected : expected != 511) {
                    return false;
                }
            }
            if (reply.size() > row.size() - prompt) {
                return false;
            }
        }
        return true;
    }

    @Test
    void logitsAndHiddenStatesAreTheReferences() {
        JsonNode golden = Fixtures.golden("logits-tiny-a");
        int compared = 0;
        for (JsonNode example : golden.get("logits")) {
            ObjectNode line = JsonNodeFactory.instance.objectNode();
            line.set("prompt_ids", row(example.get("input_ids")));
            line.set("logits", example.get("positions"));
            line.put("max_new_tokens", 1);
            JsonNode answer = answer(line);
            for (int p = 0; p < example.get("positions").size(); p++) {
                JsonNode expected = example.get("logits_f32").get(p);
                JsonNode logits =
                        answer.get("logits").get(example.get("positions").get(p).asString());
                assertThat(logits.size()).isEqualTo(expected.size());
                for (int i = 0; i < expected.size(); i++) {
                    assertThat(logits.get(i).doubleValue())
                            .isCloseTo(expected.get(i).doubleValue(), within(1e-3));
                }
                compared++;
            }
        }
        System.out.println("logits-tiny-a through the command line: " + compared + " positions");
        assertThat(compared).isGreaterThan(3);

        JsonNode internals = golden.get("internals");
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.set("prompt_ids", row(internals.get("input_ids")));
        line.put("hidden_states", true).put("max_new_tokens", 1);
        JsonNode states = answer(line).get("hidden_states");
        JsonNode expected = internals.get("hidden_states_f32");
        assertThat(states.size()).isEqualTo(expected.size());
        for (int layer = 0; layer < states.size(); layer++) {
            JsonNode last = expected.get(layer).get(expected.get(layer).size() - 1);
            for (int i = 0; i < last.size(); i++) {
                assertThat(states.get(layer).get(i).doubleValue())
                        .isCloseTo(last.get(i).doubleValue(), within(1e-3));
            }
        }
    }

    private static JsonNode row(JsonNode ids) {
        return ids.get(0).isArray() ? ids.get(0) : ids;
    }

    private static JsonNode answer(ObjectNode line) {
        Shell.Result result =
                new Shell().typing(line.toString()).run("generate", "--model", Shell.TINY, "--batch", "-");
        assertThat(result.err()).isEmpty();
        return result.documents().getFirst();
    }

    @Test
    void anAnswerHasAllThatIsPromised() {
        Shell.Result result = new Shell()
                .run(
                        "generate",
                        "--model",
                        Shell.TINY,
                        "--json",
                        "--num-beams",
                        "3",
                        "--num-return-sequences",
                        "2",
                        "--output-scores",
                        "--max-new-tokens",
                        "6",
                        "--logits",
                        "0,-1",
                        "--hidden-states",
                        "Hello");

        JsonNode answer = result.documents().getFirst();
        assertThat(answer.propertyNames())
                .containsExactly(
                        "prompt_ids",
                        "sequences",
                        "texts",
                        "scores",
                        "finish_reasons",
                        "log_probabilities",
                        "logits",
                        "hidden_states",
                        "timings");
        for (String field : new String[] {"sequences", "texts", "scores", "finish_reasons", "log_probabilities"}) {
            assertThat(answer.get(field).size()).as(field).isEqualTo(2);
        }
        assertThat(answer.get("scores").get(0).isNumber()).isTrue();
        assertThat(answer.get("logits").propertyNames()).containsExactly("0", "-1");
        assertThat(answer.get("timings").propertyNames())
                .containsExactly("prefill_ms", "decode_ms", "tokens_per_second");
    }

    @Test
    void thePlainTextIsTheTextOfTheDocument() {
        String[] prompt = {"generate", "--model", Shell.TINY, "--max-new-tokens", "20", "Hello, how are you?"};
        String[] json = {"generate", "--json", "--model", Shell.TINY, "--max-new-tokens", "20", "Hello, how are you?"};

        String text =
                new Shell().run(json).documents().getFirst().at("/texts/0").stringValue();
        assertThat(new Shell().run(prompt).out()).isEqualTo(text + "\n");
    }

    @Test
    void theSameSeedGivesTheSameText() {
        String[] drawn = {
            "generate", "--model", Shell.TINY, "--do-sample", "--seed", "7", "--max-new-tokens", "20", "hi"
        };

        String first = new Shell().run(drawn).out();
        assertThat(new Shell().run(drawn).out()).isEqualTo(first);
        drawn[5] = "8";
        assertThat(new Shell().run(drawn).out()).isNotEqualTo(first);
    }

    @Test
    void aStopTextEndsTheReplyAndStaysInIt() {
        Shell.Result result = new Shell()
                .run(
                        "generate",
                        "--model",
                        Shell.TINY,
                        "--stop",
                        "nowhere",
                        "--stop",
                        "C",
                        "--json",
                        "Does money buy happiness?");

        JsonNode answer = result.documents().getFirst();
        assertThat(answer.at("/texts/0").stringValue()).endsWith("C");
        assertThat(answer.at("/finish_reasons/0").stringValue()).isEqualTo("stop");
    }

    @Test
    void aPromptMayComeThroughAPipeAndAModelNeedsNoTokenizerForIds() {
        Shell.Result piped =
                new Shell().typing("Hello\n").run("generate", "--model", Shell.TINY, "--max-new-tokens", "3");
        Shell.Result given = new Shell().run("generate", "--model", Shell.TINY, "--max-new-tokens", "3", "Hello");
        Shell.Result ids = new Shell()
                .run(
                        "generate",
                        "--model",
                        Fixtures.model("tiny-b/st-f32").toString(),
                        "--prompt-ids",
                        "1,2",
                        "--json");

        assertThat(piped.out()).isEqualTo(given.out());
        assertThat(ids.documents().getFirst().get("texts").size()).isZero();
        assertThat(ids.documents().getFirst().at("/sequences/0").size()).isPositive();
        assertThat(ids.err()).contains("token ids only");
    }

    @Test
    void settingsThatCannotBeAreRefusedByName() {
        Shell.Result flag =
                new Shell().run("generate", "--model", Shell.TINY, "--do-sample", "--temperature", "0", "hi");
        assertThat(flag.exitCode()).isEqualTo(2);
        assertThat(flag.err()).hasLineCount(1).contains("temperature is 0");

        assertBroken("{\"prompt\": \"hi\", \"do_sample\": true, \"temperature\": 0.0}", "temperature");
        assertBroken("{\"prompt\": \"hi\", \"foo\": 1}", "unknown option foo");
        assertBroken("{\"prompt\": \"hi\", \"top_k\": \"many\"}", "top_k");
        assertBroken("{\"prompt\": \"hi\", \"prompt_ids\": [1]}", "both 'prompt' and 'prompt_ids'");
        assertBroken("{}", "no prompt");
        assertBroken("{\"prompt_ids\": [512]}", "512");
        assertBroken("{\"prompt_ids\": [1], \"logits\": [1]}", "position 1");
        assertBroken(
                "{\"prompt_ids\": [1], \"do_sample\": true, \"uniforms\": [0.5]}", "1 uniform numbers are used up");
    }

    private static final String GOOD_LINE = "{\"prompt\": \"hi\", \"max_new_tokens\": 1}\n";

    private static void assertBroken(String line, String message) {
        Shell.Result result = new Shell()
                .typing(GOOD_LINE + line + "\n" + GOOD_LINE)
                .run("generate", "--model", Shell.TINY, "--batch", "-");

        assertThat(result.exitCode()).as(line).isEqualTo(1);
        assertThat(result.documents()).hasSize(3);
        assertThat(result.documents().get(1).path("error").asString()).contains("standard input:2: ", message);
        assertThat(result.documents().get(2).has("sequences")).isTrue();
        assertThat(result.err()).hasLineCount(1).contains("standard input:2: ", message);
    }

    @Test
    void everyOptionHasALineOfHelp() {
        String help = new Shell().run("generate", "--help").out();

        assertThat(GenerationOption.all()).allSatisfy(option -> {
            assertThat(GenerationSettings.description(option)).as(option.name()).isNotBlank();
            assertThat(help).containsPattern(option.flag().substring(2) + "\\b");
        });
    }
}
