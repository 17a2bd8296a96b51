package dev.confab.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.completions.Completion;
import com.openai.models.completions.CompletionCreateParams;
import dev.confab.dialogue.filter.FilterPolicy;
import dev.confab.dialogue.filter.FilterResult;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** OpenAI's own Java client, unchanged, talks to our server. */
final class OpenAiJavaClientTest {
    private static final TestServer SERVER = TestServer.start();
    private static final OpenAIClient CLIENT = client(SERVER);

    @AfterAll
    static void stop() {
        CLIENT.close();
        SERVER.close();
    }

    @Test
    void itChats() {
        ChatCompletion answer = CLIENT.chat().completions().create(chat().build());

        try (var conversation = SERVER.bot.newConversation()) {
            assertThat(answer.choices().getFirst().message().content())
                    .hasValue(conversation.say("Hello, how are you?").text());
        }
        assertThat(answer.usage().orElseThrow().promptTokens()).isPositive();
        assertThat(answer.validate().isValid()).isTrue();
    }

    @Test
    void itStreams() {
        String whole = CLIENT.chat()
                .completions()
                .create(chat().build())
                .choices()
                .getFirst()
                .message()
                .content()
                .orElseThrow();
        try (StreamResponse<ChatCompletionChunk> stream =
                CLIENT.chat().completions().createStreaming(chat().build())) {
            List<ChatCompletionChunk> chunks = stream.stream().toList();
            chunks.forEach(ChatCompletionChunk::validate);
            assertThat(chunks.stream()
                            .flatMap(chunk -> chunk.choices().getFirst().delta().content().stream())
                            .collect(Collectors.joining()))
                    .isEqualTo(whole);
        }
    }

    @Test
    void itCompletesWithLogProbabilities() {
        Completion answer = CLIENT.completions()
                .create(CompletionCreateParams.builder()
                        .model("tiny")
                        .prompt("Does money buy happiness?")
                        .maxTokens(5)
                        .logprobs(2)
                        .temperature(0)
                        .build());
        assertThat(answer.validate().isValid()).isTrue();
        assertThat(answer.choices()
                        .getFirst()
                        .logprobs()
                        .orElseThrow()
                        .tokenLogprobs()
                        .orElseThrow())
                .isNotEmpty();
        assertThat(CLIENT.models().list().data().getFirst().id()).isEqualTo("tiny");
    }

    @Test
    void itUnderstandsErrors() {
        assertThatThrownBy(() ->
                        CLIENT.chat().completions().create(chat().temperature(9).build()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("'temperature' is 9.0; expected a number from 0.0 to 2.0");
    }

    @Test
    void itUnderstandsThatAReplyWasFiltered() {
        FilterPolicy nothing = FilterPolicy.none()
                .withFilters(
                        _ -> new FilterResult.Refused("Let us talk of something else.", "all of it"),
                        _ -> FilterResult.passed());
        try (TestServer filtered = TestServer.start(options -> options.withApiFilters(nothing))) {
            OpenAIClient client = client(filtered);
            ChatCompletion answer = client.chat().completions().create(chat().build());
            assertThat(answer.validate().isValid()).isTrue();
            assertThat(answer.choices().getFirst().finishReason())
                    .isEqualTo(ChatCompletion.Choice.FinishReason.CONTENT_FILTER);
            assertThat(answer.choices().getFirst().message().content()).hasValue("Let us talk of something else.");

            try (StreamResponse<ChatCompletionChunk> stream =
                    client.chat().completions().createStreaming(chat().build())) {
                assertThat(stream.stream()
                                .reduce((_, last) -> last)
                                .orElseThrow()
                                .choices())
                        .first()
                        .extracting(choice -> choice.finishReason().orElseThrow())
                        .isEqualTo(ChatCompletionChunk.Choice.FinishReason.CONTENT_FILTER);
            }
            client.close();
        }
    }

    private static OpenAIClient client(TestServer server) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(server.api())
                .apiKey("none")
                .maxRetries(0)
                .build();
    }

    private static ChatCompletionCreateParams.Builder chat() {
        return ChatCompletionCreateParams.builder().model("tiny").addUserMessage("Hello, how are you?");
    }
}
