package dev.confab.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.ui.NodeProject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** OpenAI's own JavaScript client, unchanged, talks to our server. */
final class OpenAiNodeClientTest {
    @BeforeAll
    static void install() throws Exception {
        NodeProject.install();
    }

    @Test
    void itChatsStreamsCompletesCancelsAndUnderstandsErrors() throws Exception {
        try (TestServer server = TestServer.start()) {
            JsonNode seen = NodeProject.run("client.js", server.api());

            String expected;
            try (var conversation = server.bot.newConversation()) {
                expected = conversation.say("Hello, how are you?").text();
            }
            assertThat(seen.at("/models/0").stringValue()).isEqualTo("tiny");
            for (String way : new String[] {"chat", "streamed", "helper"}) {
                assertThat(seen.get(way).stringValue()).as(way).isEqualTo(expected);
            }
            assertThat(seen.at("/usageAtTheEnd/prompt_tokens")).isEqualTo(seen.at("/usage/prompt_tokens"));
            assertThat(seen.at("/second/prompt_tokens_details/cached_tokens").intValue())
                    .isGreaterThanOrEqualTo(seen.at("/usage/prompt_tokens").intValue());
            assertThat(seen.get("completions")).hasSize(4);
            assertThat(seen.at("/completions/0").stringValue()).startsWith("One");
            assertThat(seen.at("/completions/3").stringValue()).startsWith("Two");
            assertThat(seen.get("error").toString())
                    .isEqualTo("{\"type\":\"NotFoundError\",\"status\":404,\"param\":\"model\","
                            + "\"code\":\"model_not_found\"}");
        }
    }
}
