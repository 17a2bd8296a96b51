package dev.confab.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.confab.engine.Tokens;
import dev.confab.engine.generation.GenerationConfig;
import dev.confab.engine.generation.GenerationResult;
import dev.confab.engine.tokenizer.DecodeOption;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class CompletionsTest {
    private static final TestServer SERVER = TestServer.start();
    private static final String PROMPT = "Does money buy happiness?";

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void theTextIsWhatTheModelSays() throws Exception {
        JsonNode answer = complete("'max_tokens': 20, 'temperature': 0");

        GenerationResult expected = expected(20);
        assertThat(answer.at("/object").stringValue()).isEqualTo("text_completion");
        assertThat(answer.at("/choices/0/text").stringValue()).isEqualTo(text(expected));
        int prompt = SERVER.model.tokenizer().encode(PROMPT).length;
        assertThat(answer.at("/usage/prompt_tokens").intValue()).isEqualTo(prompt);
        assertThat(answer.at("/usage/completion_tokens").intValue())
                .isEqualTo(expected.sequence().length());
        assertThat(answer.at("/usage/total_tokens").intValue())
                .isEqualTo(prompt + expected.sequence().length());
    }

    @Test
    void tokenIdsAreAPromptToo() throws Exception {
        String ids = Arrays.toString(SERVER.model.tokenizer().encode(PROMPT));
        JsonNode answer = SERVER.ask(
                "/v1/completions", "{\"model\":\"tiny\",\"prompt\":" + ids + ",\"max_tokens\":20,\"temperature\":0}");
        assertThat(answer.at("/choices/0/text").stringValue()).isEqualTo(text(expected(20)));
    }

    @Test
    void severalPromptsHaveChoicesPromptByPrompt() throws Exception {
        JsonNode answer = SERVER.ask(
                "/v1/completions",
                "{\"model\":\"tiny\",\"prompt\":[\"" + PROMPT
                        + "\",\"Hello\"],\"n\":2,\"max_tokens\":5,\"seed\":3,\"echo\":true}");
        assertThat(answer.get("choices")).hasSize(4);
        for (int i = 0; i < 4; i++) {
            assertThat(answer.at("/choices/" + i + "/index").intValue()).isEqualTo(i);
            assertThat(answer.at("/choices/" + i + "/text").stringValue()).startsWith(i < 2 ? PROMPT : "Hello");
        }
    }

    @Test
    void aStreamedTextIsTheSame() throws Exception {
        for (String more :
                List.of("'temperature': 0", "'temperature': 1.3, 'seed': 4, 'n': 3", "'echo': true, 'seed': 1")) {
            JsonNode whole = complete("'max_tokens': 30, " + more);
            List<JsonNode> events = events("'max_tokens': 30, 'stream': true, " + more);
            for (JsonNode choice : whole.get("choices")) {
                assertThat(joined(events, choice.get("index").intValue()))
                        .isEqualTo(choice.get("text").stringValue());
            }
            assertThat(events.getLast().at("/choices/0/finish_reason").stringValue())
                    .isIn("stop", "length");
        }
    }

    @Test
    void theStreamSaysWhatItCostIfAsked() throws Exception {
        List<JsonNode> events = events("'max_tokens': 4, 'stream': true, 'stream_options': {'include_usage': true}");
        assertThat(events.getLast().get("choices")).isEmpty();
        assertThat(events.getLast().at("/usage/completion_tokens").intValue()).isPositive();
    }

    @Test
    void aStopTextEndsTheReplyAndIsNotPartOfIt() throws Exception {
        String whole = complete("'max_tokens': 40, 'temperature': 0")
                .at("/choices/0/text")
                .stringValue();
        String stop = whole.substring(whole.length() / 2, whole.length() / 2 + 3);
        String stops = "'stop': [" + TestServer.JSON.writeValueAsString(stop).replace("\"", "'") + ", 'qqq']";

        JsonNode choice =
                complete("'max_tokens': 40, 'temperature': 0, " + stops).at("/choices/0");
        assertThat(choice.get("text").stringValue()).isEqualTo(whole.substring(0, whole.indexOf(stop)));
        assertThat(choice.get("finish_reason").stringValue()).isEqualTo("stop");
        List<JsonNode> events = events("'max_tokens': 40, 'temperature': 0, 'stream': true, " + stops);
        assertThat(joined(events, 0)).isEqualTo(choice.get("text").stringValue());
    }

    @Test
    void theSameSeedGivesTheSameText() throws Exception {
        JsonNode first = complete("'max_tokens': 30, 'temperature': 1.5, 'seed': 7");
        JsonNode again = complete("'max_tokens': 30, 'temperature': 1.5, 'seed': 7");
        JsonNode other = complete("'max_tokens': 30, 'temperature': 1.5, 'seed': 8");
        assertThat(again.get("choices")).isEqualTo(first.get("choices"));
        assertThat(other.get("choices")).isNotEqualTo(first.get("choices"));
    }

    @Test
    void logProbabilitiesAreThoseOfTheModel() throws Exception {
        JsonNode logprobs =
                complete("'max_tokens': 10, 'temperature': 0, 'logprobs': 3").at("/choices/0/logprobs");
        GenerationResult expected = SERVER.model
                .generator()
                .generate(
                        SERVER.model.tokenizer().encode(PROMPT),
                        GenerationConfig.builder()
                                .maxNewTokens(10)
                                .outputScores(true)
                                .eosTokenId(SERVER.model.tokenizer().eosTokenId())
                                .build());
        float[] values = expected.sequence().logProbabilities();
        assertThat(logprobs.get("tokens")).isNotEmpty();
        for (int i = 0; i < logprobs.get("tokens").size(); i++) {
            double value = logprobs.at("/token_logprobs/" + i).doubleValue();
            assertThat(value).isCloseTo(values[i], within(1e-4));
            JsonNode top = logprobs.at("/top_logprobs/" + i);
            assertThat(top.size()).isBetween(3, 4);
            assertThat(top.values().stream().mapToDouble(JsonNode::doubleValue).max())
                    .hasValueCloseTo(value, within(1e-4));
        }
    }

    @Test
    void anEchoedPromptHasLogProbabilitiesButForItsFirstToken() throws Exception {
        JsonNode choice =
                complete("'max_tokens': 0, 'echo': true, 'logprobs': 2").at("/choices/0");
        assertThat(choice.get("text").stringValue()).isEqualTo(PROMPT);
        int[] prompt = SERVER.model.tokenizer().encode(PROMPT);
        double[] expected = SERVER.model.generator().logProbabilities(new int[] {prompt[0]}, Tokens.from(prompt, 1));
        JsonNode values = choice.at("/logprobs/token_logprobs");
        assertThat(values).hasSize(prompt.length);
        assertThat(values.get(0).isNull()).isTrue();
        for (int i = 1; i < prompt.length; i++) {
            assertThat(values.get(i).doubleValue()).isCloseTo(expected[i - 1], within(1e-4));
        }
        assertThat(choice.at("/logprobs/text_offset/1").intValue())
                .isEqualTo(choice.at("/logprobs/tokens/0").stringValue().length());
    }

    @Test
    void penaltiesAndBiasesChangeWhatIsSaid() throws Exception {
        int banned = expected(1).sequence().tokens()[0];
        JsonNode biased = complete("'max_tokens': 1, 'temperature': 0, 'logit_bias': {'" + banned + "': -100}");
        assertThat(biased.at("/choices/0/text").stringValue()).isNotEqualTo(text(expected(1)));

        JsonNode punished =
                complete("'max_tokens': 60, 'temperature': 0, 'presence_penalty': 2, 'frequency_penalty': 2");
        assertThat(punished.at("/choices/0/text").stringValue()).isNotEqualTo(text(expected(60)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|model|400",
                "{'model':'gpt-4'}|model|404",
                "{'model':'tiny','prompt':7}|prompt|400",
                "{'model':'tiny','prompt':[600]}|prompt|400",
                "{'model':'tiny','prompt':[[1],'x',{}]}|prompt|400",
                "{'model':'tiny','prompt':'a','max_tokens':0}|max_tokens|400",
                "{'model':'tiny','prompt':'a','max_tokens':128}|prompt|400",
                "{'model':'tiny','prompt':'a','temperature':3}|temperature|400",
                "{'model':'tiny','prompt':'a','temperature':'hot'}|temperature|400",
                "{'model':'tiny','prompt':'a','top_p':-1}|top_p|400",
                "{'model':'tiny','prompt':'a','n':17}|n|400",
                "{'model':'tiny','prompt':'a','n':1.5}|n|400",
                "{'model':'tiny','prompt':'a','logprobs':21}|logprobs|400",
                "{'model':'tiny','prompt':'a','stop':''}|stop|400",
                "{'model':'tiny','prompt':'a','stream':'yes'}|stream|400",
                "{'model':'tiny','prompt':'a','best_of':3}|best_of|400",
                "{'model':'tiny','prompt':'a','suffix':'z'}|suffix|400",
                "{'model':'tiny','prompt':'a','seed':'x'}|seed|400",
                "{'model':'tiny','prompt':'a','logit_bias':{'600':1}}|logit_bias|400",
                "{'model':'tiny','prompt':'a','presence_penalty':5}|presence_penalty|400",
                "{'model':'tiny','prompt':'a\\ud800b'}|prompt|400",
            })
    void whatCannotBeIsRefusedByName(String body, String parameter, int status) throws Exception {
        HttpResponse<String> response = SERVER.post("/v1/completions", body.replace('\'', '"'));
        JsonNode error = TestServer.JSON.readTree(response.body()).get("error");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(error.get("param").stringValue()).isEqualTo(parameter);
        assertThat(error.get("message").stringValue()).contains(parameter);
        assertThat(error.get("type").stringValue()).isEqualTo("invalid_request_error");
        assertThat(error.get("code").stringValue()).isNotEmpty();
    }

    @Test
    void whatIsNoJsonOrNoAddressIsRefusedInTheSameShape() throws Exception {
        assertThat(SERVER.ask("/v1/completions", "{").at("/error/code").stringValue())
                .isEqualTo("invalid_json");
        assertThat(SERVER.ask("/v1/completions", "[]").at("/error/code").stringValue())
                .isEqualTo("invalid_json");
        HttpResponse<String> unknown = SERVER.post("/v1/embeddings", "{}");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(TestServer.JSON.readTree(unknown.body()).at("/error/message").stringValue())
                .contains("/v1/embeddings");
        HttpResponse<String> large = SERVER.post("/v1/completions", "x".repeat((1 << 20) + 1));
        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(large.body()).contains("\"error\"");
        String longPrompt = "{\"model\":\"tiny\",\"prompt\":\"" + "x".repeat(100_001) + "\"}";
        assertThat(SERVER.ask("/v1/completions", longPrompt).at("/error/code").stringValue())
                .isEqualTo("context_length_exceeded");
    }

    @Test
    void theModelIsListed() throws Exception {
        JsonNode models = TestServer.JSON.readTree(SERVER.get("/v1/models").body());
        assertThat(models.at("/data/0/id").stringValue()).isEqualTo("tiny");
        assertThat(SERVER.get("/v1/models/tiny").statusCode()).isEqualTo(200);
        assertThat(SERVER.get("/v1/models/other").statusCode()).isEqualTo(404);
    }

    private static JsonNode complete(String more) throws Exception {
        JsonNode answer = SERVER.ask("/v1/completions", body(more));
        assertThat(answer.has("choices")).as(answer.toString()).isTrue();
        return answer;
    }

    private static List<JsonNode> events(String more) throws Exception {
        HttpResponse<String> response = SERVER.post("/v1/completions", body(more));
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream; charset=utf-8");
        List<String> data = response.body()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring(6))
                .toList();
        assertThat(data.getLast()).isEqualTo("[DONE]");
        List<JsonNode> events = new ArrayList<>();
        data.subList(0, data.size() - 1).forEach(event -> events.add(TestServer.JSON.readTree(event)));
        return events;
    }

    private static String joined(List<JsonNode> events, int choice) {
        var text = new StringBuilder();
        for (JsonNode event : events) {
            if (event.at("/choices/0/index").intValue() == choice) {
                text.append(event.at("/choices/0/text").stringValue());
            }
        }
        return text.toString();
    }

    private static String body(String more) {
        return ("{'model': 'tiny', 'prompt': '" + PROMPT + "', " + more + "}").replace('\'', '"');
    }

    private static GenerationResult expected(int newTokens) {
        return SERVER.model
                .generator()
                .generate(
                        SERVER.model.tokenizer().encode(PROMPT),
                        GenerationConfig.builder()
                                .maxNewTokens(newTokens)
                                .eosTokenId(SERVER.model.tokenizer().eosTokenId())
                                .build());
    }

    private static String text(GenerationResult result) {
        return SERVER.model.tokenizer().decode(result.sequence().tokens(), DecodeOption.SKIP_SPECIAL_TOKENS);
    }
}
