package dev.confab.server;

import static dev.confab.server.ChatBody.add;
import static dev.confab.server.ChatBody.messages;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.dialogue.filter.FilterPolicy;
import dev.confab.dialogue.filter.FilterResult;
import dev.confab.dialogue.filter.TextFilter;
import dev.confab.dialogue.filter.WordList;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What filters do on the API's way in and out, whole and streamed. */
final class ApiFiltersTest {
    private static final String REFUSAL = "I'd rather not talk about that. Shall we pick something else?";
    private static final String HELLO = "Hello, how are you?";
    private static final FilterPolicy SAFE =
            FilterPolicy.safe(Locale.US).withList(WordList.of("ours", List.of("heck")));
    private static final TextFilter NO_LETTERS =
            text -> new FilterResult.Masked(text.replaceAll("\\S", "*"), "everything is masked");

    @Test
    void aMessageThatIsRefusedGetsAFixedAnswerAndTheModelDoesNotReadIt() throws Exception {
        try (TestServer server = serving(SAFE)) {
            JsonNode answer = server.ask(
                    "/v1/chat/completions",
                    messages("user", "What the h.e.c.k?").toString());

            assertThat(content(answer)).isEqualTo(REFUSAL);
            assertThat(finishReason(answer)).isEqualTo("content_filter");
            assertThat(answer.at("/usage/completion_tokens").intValue()).isZero();
            assertThat(server.model.generator().statistics().promptTokensComputed())
                    .isZero();
            assertThat(server.get("/metrics").body())
                    .contains("confab_interventions_total{action=\"refused\",stage=\"input\"} 1.0");
        }
    }

    @Test
    void itComesTheSameWayInAStream() throws Exception {
        try (TestServer server = serving(SAFE)) {
            List<JsonNode> events = stream(server, "/v1/chat/completions", messages("user", "What the heck?"));

            assertThat(text(events)).isEqualTo(REFUSAL);
            assertThat(finishReason(events.getLast())).isEqualTo("content_filter");
        }
    }

    @Test
    void whatTheFilterPassesIsWhatTheModelSays() throws Exception {
        ObjectNode body = messages("user", HELLO).put("n", 2).put("seed", 1).put("logprobs", true);
        try (TestServer filtered = serving(SAFE);
                TestServer open = TestServer.start()) {
            JsonNode expected = open.ask("/v1/chat/completions", body.toString());
            assertThat(filtered.ask("/v1/chat/completions", body.toString()).get("choices"))
                    .isEqualTo(expected.get("choices"));
            assertThat(text(stream(filtered, "/v1/chat/completions", messages("user", HELLO))))
                    .isEqualTo(text(stream(open, "/v1/chat/completions", messages("user", HELLO))));
        }
    }

    @Test
    void nothingOfAMaskedReplyIsEverShown() throws Exception {
        try (TestServer server = serving(masking(NO_LETTERS))) {
            ObjectNode body = messages("user", HELLO).put("logprobs", true).put("top_logprobs", 2);
            JsonNode whole = server.ask("/v1/chat/completions", body.toString());
            assertThat(content(whole)).matches("[*\\s]+");
            assertThat(finishReason(whole)).isEqualTo("content_filter");
            assertThat(whole.at("/choices/0/logprobs/content")).isEmpty();

            List<JsonNode> events = stream(server, "/v1/chat/completions", body);
            assertThat(text(events)).isEqualTo(content(whole));
            assertThat(events)
                    .allSatisfy(event ->
                            assertThat(event.at("/choices/0/logprobs/content")).isEmpty());
            assertThat(server.get("/metrics").body())
                    .contains("confab_interventions_total{action=\"masked\",stage=\"output\"} 2.0");
        }
    }

    @Test
    void aReplyThatMayNotBeGivenIsEmpty() throws Exception {
        try (TestServer server = serving(masking(_ -> new FilterResult.Retry("no")))) {
            JsonNode answer =
                    server.ask("/v1/chat/completions", messages("user", HELLO).toString());

            assertThat(content(answer)).isEmpty();
            assertThat(finishReason(answer)).isEqualTo("content_filter");
            assertThat(answer.at("/usage/completion_tokens").intValue()).isPositive();
        }
    }

    @Test
    void whatWasRefusedEarlierIsLeftOutWithTheReplyToIt() throws Exception {
        try (TestServer server = serving(SAFE)) {
            ObjectNode longer = messages("user", "What the heck?");
            add(longer, "assistant", "Who knows?");
            add(longer, "user", HELLO);
            JsonNode alone =
                    server.ask("/v1/chat/completions", messages("user", HELLO).toString());
            JsonNode after = server.ask("/v1/chat/completions", longer.toString());

            assertThat(content(after)).isEqualTo(content(alone));
            assertThat(promptTokens(after)).isEqualTo(promptTokens(alone));
        }
    }

    @Test
    void personalDataIsMaskedBeforeTheModelReadsIt() throws Exception {
        try (TestServer server = serving(SAFE)) {
            String said = "My mail is %s, what is yours?";
            JsonNode masked = server.ask(
                    "/v1/chat/completions",
                    messages("user", said.formatted("bob@example.org")).toString());
            JsonNode written = server.ask(
                    "/v1/chat/completions",
                    messages("user", said.formatted("[e-mail address]")).toString());

            assertThat(promptTokens(masked)).isEqualTo(promptTokens(written));
            assertThat(content(masked)).isEqualTo(content(written));
        }
    }

    @Test
    void aRawPromptIsNotLookedAtButWhatComesOfItIs() throws Exception {
        String raw = "{\"model\":\"tiny\",\"prompt\":\"What the heck\",\"max_tokens\":8,\"logprobs\":1}";
        try (TestServer server = serving(SAFE);
                TestServer open = TestServer.start()) {
            assertThat(server.ask("/v1/completions", raw).get("choices"))
                    .isEqualTo(open.ask("/v1/completions", raw).get("choices"));
        }
        try (TestServer server = serving(masking(NO_LETTERS))) {
            JsonNode answer = server.ask("/v1/completions", raw);
            assertThat(answer.at("/choices/0/text").stringValue()).matches("[*\\s]+");
            assertThat(finishReason(answer)).isEqualTo("content_filter");
            assertThat(answer.at("/choices/0/logprobs/tokens")).isEmpty();
        }
    }

    private static TestServer serving(FilterPolicy policy) {
        return TestServer.start(options -> options.withApiFilters(policy));
    }

    private static FilterPolicy masking(TextFilter reply) {
        return FilterPolicy.none().withFilters(_ -> FilterResult.passed(), reply);
    }

    /** The events of a stream, without its end and comments. */
    private static List<JsonNode> stream(TestServer server, String path, ObjectNode body) throws Exception {
        String stream = server.post(path, body.deepCopy().put("stream", true).toString())
                .body();
        assertThat(stream).endsWith("data: [DONE]\n\n");
        List<JsonNode> events = new ArrayList<>();
        stream.lines()
                .filter(line -> line.startsWith("data: {"))
                .forEach(line -> events.add(TestServer.JSON.readTree(line.substring("data: ".length()))));
        return events;
    }

    private static String text(List<JsonNode> events) {
        var text = new StringBuilder();
        events.forEach(event -> text.append(event.at("/choices/0/delta/content").asString("")));
        return text.toString();
    }

    private static String content(JsonNode answer) {
        return answer.at("/choices/0/message/content").stringValue();
    }

    private static String finishReason(JsonNode answer) {
        return answer.at("/choices/0/finish_reason").stringValue();
    }

    private static int promptTokens(JsonNode answer) {
        return answer.at("/usage/prompt_tokens").intValue();
    }
}
