package dev.confab.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.engine.Fixtures;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class ProcessCommandTest {
    private static final double TOLERANCE = 1e-5;

    @Test
    void chainsOfRulesGiveTheReferencesScores() {
        List<String> failures = new ArrayList<>();
        int cases = 0;
        for (JsonNode chain : Fixtures.golden("processors").get("chains")) {
            cases++;
            ObjectNode line = JsonNodeFactory.instance.objectNode();
            line.put("eos_token_id", 63); // the reference's own settings; none of the chains names it
            line.setAll((ObjectNode) chain.get("kwargs"));
            line.set("input_ids", row(chain.get("input_ids")));
            line.set("prompt_length", chain.get("prompt_length"));
            line.set("scores", row(chain.get("scores")));
            Shell.Result result = new Shell().typing(line.toString()).run("process", "--batch", "-", "--json");
            if (result.exitCode() != 0) {
                failures.add(chain.get("kwargs") + ": " + result.err());
            } else if (!close(result.documents().getFirst().get("scores"), row(chain.get("out")))) {
                failures.add(chain.get("kwargs") + ": other scores");
            }
        }
        System.out.println("processors through the command line: " + cases + " chains");
        assertThat(failures).isEmpty();
        assertThat(cases).isGreaterThan(5);
    }

    private static JsonNode row(JsonNode values) {
        return values.get(0).isArray() ? values.get(0) : values;
    }

    private static boolean close(JsonNode scores, JsonNode expected) {
        for (int i = 0; i < expected.size(); i++) {
            boolean same = expected.get(i).isString()
                    ? expected.get(i).stringValue().equals("-inf")
                            && scores.get(i).isNull()
                    : Math.abs(scores.get(i).doubleValue() - expected.get(i).doubleValue()) <= TOLERANCE;
            if (!same) {
                return false;
            }
        }
        return scores.size() == expected.size();
    }

    @Test
    void nullIsMinusInfinityBothWays() {
        assertThat(scores("{\"input_ids\": [0], \"scores\": [1.5, null, 0.25], \"suppress_tokens\": [0]}"))
                .isEqualTo("{\"scores\":[null,null,0.25]}\n");
    }

    @Test
    void whatJsonHasNoNumberForHasAName() {
        assertThat(scores("{\"input_ids\": [0], \"scores\": [\"inf\", \"-inf\", \"nan\", 1]}"))
                .isEqualTo("{\"scores\":[\"inf\",null,\"nan\",1.0]}\n");
    }

    @Test
    void optionsOfTheCommandHoldForEveryLine() {
        Shell.Result result = new Shell()
                .typing("{\"input_ids\": [1], \"scores\": [1, 2]}\n")
                .run("process", "--batch", "-", "--repetition-penalty", "2");

        assertThat(result.out()).isEqualTo("{\"scores\":[1.0,1.0]}\n");
    }

    @Test
    void aBrokenLineIsNamed() {
        for (String line : new String[] {
            "{\"input_ids\": [0], \"scores\": [\"x\"]}",
            "{\"input_ids\": [0]}",
            "{\"scores\": [0]}",
            "{\"input_ids\": [0], \"scores\": [0], \"prompt_length\": 2}",
            "{\"input_ids\": [0], \"scores\": [0], \"repetition_penalty\": 0}",
            "{\"input_ids\": [0], \"scores\": [0], \"repetition_penaltie\": 1}"
        }) {
            Shell.Result result = new Shell().typing(line).run("process", "--batch", "-");

            assertThat(result.exitCode()).as(line).isEqualTo(1);
            assertThat(result.err()).as(line).hasLineCount(1).contains("standard input:1: ");
        }
        assertThat(new Shell().run("process").exitCode()).isEqualTo(2);
    }

    private static String scores(String line) {
        Shell.Result result = new Shell().typing(line).run("process", "--batch", "-");
        assertThat(result.err()).isEmpty();
        return result.out();
    }
}
