package dev.confab.server;

import static dev.confab.server.ChatBody.add;
import static dev.confab.server.ChatBody.messages;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

final class ChatCompletionsTest {
    private static final TestServer SERVER = TestServer.start();

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void theReplyIsWhatTheChatbotSays() throws Exception {
        JsonNode answer = ask(messages("user", "Hello, how are you?"));

        String expected;
        try (var conversation = SERVER.bot.newConversation()) {
            expected = conversation.say("Hello, how are you?").text();
        }
        assertThat(answer.get("object").stringValue()).isEqualTo("chat.completion");
        assertThat(answer.at("/choices/0/message/role").stringValue()).isEqualTo("assistant");
        assertThat(answer.at("/choices/0/message/content").stringValue()).isEqualTo(expected);
    }

    /** A turn costs only its own tokens: the last one of the reply before, the end of that turn, and the new turn. */
    @Test
    void theNextTurnIsReadOnTopOfWhatIsKnown() throws Exception {
        ObjectNode messages = messages("user", "What did you eat on that long journey?");
        long computedBefore = SERVER.model.generator().statistics().promptTokensComputed();
        JsonNode first = ask(messages);
        int firstPrompt = first.at("/usage/prompt_tokens").intValue();
        assertThat(first.at("/usage/prompt_tokens_details/cached_tokens").intValue())
                .isZero();
        assertThat(SERVER.model.generator().statistics().promptTokensComputed() - computedBefore)
                .isEqualTo(firstPrompt);

        add(messages, "assistant", first.at("/choices/0/message/content").stringValue());
        add(messages, "user", "And then?");
        long computedThen = SERVER.model.generator().statistics().promptTokensComputed();
        JsonNode second = ask(messages);

        int prompt = second.at("/usage/prompt_tokens").intValue();
        int cached = second.at("/usage/prompt_tokens_details/cached_tokens").intValue();
        int turn = SERVER.model.tokenizer().encode("And then?").length + 1;
        assertThat(cached).isGreaterThanOrEqualTo(firstPrompt);
        assertThat(prompt - cached).isBetween(turn, turn + 2);
        assertThat(SERVER.model.generator().statistics().promptTokensComputed() - computedThen)
                .isEqualTo(prompt - cached);
    }

    @Test
    void aTextInPartsIsOneText() throws Exception {
        ObjectNode messages = messages("user", "");
        ObjectNode message = (ObjectNode) messages.at("/messages/0");
        ArrayNode parts = message.putArray("content");
        parts.addObject().put("type", "text").put("text", "Hello, ");
        parts.addObject().put("type", "text").put("text", "how are you?");
        assertThat(ask(messages).get("choices"))
                .isEqualTo(ask(messages("user", "Hello, how are you?")).get("choices"));
    }

    @Test
    void logProbabilitiesComeWithTheLikeliestTokens() throws Exception {
        ObjectNode body = messages("user", "Hello!").put("logprobs", true).put("top_logprobs", 2);
        JsonNode content = ask(body).at("/choices/0/logprobs/content");
        assertThat(content).isNotEmpty();
        for (JsonNode token : content) {
            assertThat(token.get("top_logprobs")).hasSize(2);
            assertThat(token.get("logprob").doubleValue()).isNegative();
            assertThat(token.at("/top_logprobs/0/logprob").doubleValue())
                    .isGreaterThanOrEqualTo(token.at("/top_logprobs/1/logprob").doubleValue());
        }
    }

    @Test
    void aVeryLongConversationIsAnsweredStill() throws Exception {
        ObjectNode messages = messages("user", "Hello, how are you?");
        for (int i = 0; i < 60; i++) {
            add(messages, "assistant", "Fine, and you? I have been on holiday all week.");
            add(messages, "user", "So was I, at the sea. Number " + i);
        }
        JsonNode answer = ask(messages);
        assertThat(answer.at("/usage/prompt_tokens").intValue()).isBetween(50, 128);
        assertThat(answer.at("/choices/0/message/content").isString()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'model':'tiny'}|messages",
                "{'model':'tiny','messages':[]}|messages",
                "{'model':'tiny','messages':[{'role':'system','content':'Be brief.'},{'role':'user','content':'a'}]}|messages[0].role",
                "{'model':'tiny','messages':[{'role':'developer','content':'Be brief.'}]}|messages[0].role",
                "{'model':'tiny','messages':[{'role':'tool','content':'7'}]}|messages[0].role",
                "{'model':'tiny','messages':[{'role':'user','content':'a'},{'role':'assistant','content':'b'}]}|messages",
                "{'model':'tiny','messages':[{'role':'user','content':'a\\u0000b'}]}|messages[0].content",
                "{'model':'tiny','messages':[{'role':'user'}]}|messages[0].content",
                "{'model':'tiny','messages':[{'role':'user','content':[{'type':'image_url'}]}]}|messages[0].content",
                "{'model':'tiny','messages':[{'role':'user','content':'a'}],'tools':[{'type':'function'}]}|tools",
                "{'model':'tiny','messages':[{'role':'user','content':'a'}],'response_format':{'type':'json_object'}}|response_format",
                "{'model':'tiny','messages':[{'role':'user','content':'a'}],'top_logprobs':3}|top_logprobs",
                "{'model':'tiny','messages':[{'role':'user','content':'a'}],'max_tokens':0}|max_tokens",
                "{'model':'tiny','messages':[{'role':'user','content':'a'}],'num_beams':3,'logprobs':true}|logprobs",
            })
    void whatCannotBeIsRefusedByName(String body, String parameter) throws Exception {
        HttpResponse<String> response = SERVER.post("/v1/chat/completions", body.replace('\'', '"'));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(TestServer.JSON.readTree(response.body()).at("/error/param").stringValue())
                .isEqualTo(parameter);
    }

    @Test
    void aConversationWithTooManyMessagesIsRefused() throws Exception {
        ObjectNode messages = messages("user", "a");
        for (int i = 0; i < 1000; i++) {
            add(messages, "user", "a");
        }
        assertThat(SERVER.post("/v1/chat/completions", messages.toString()).body())
                .contains("1001 messages; at most 1000 may be");
    }

    private static JsonNode ask(ObjectNode body) throws Exception {
        JsonNode answer = SERVER.ask("/v1/chat/completions", body.toString());
        assertThat(answer.has("choices")).as(answer.toString()).isTrue();
        return answer;
    }
}
