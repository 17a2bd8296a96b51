package dev.confab.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.confab.dialogue.Chatbot;
import dev.confab.engine.Fixtures;
import dev.confab.engine.LanguageModel;
import dev.confab.engine.generation.GenerationConfig;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ConfabChatModelTest {
    private static final LanguageModel MODEL =
            LanguageModel.fromPretrained(Fixtures.model("tiny-a/st-f32").toString());

    private final Chatbot bot =
            Chatbot.of(MODEL, GenerationConfig.builder().maxNewTokens(8).build());
    private final ChatModel model = new ConfabChatModel(bot);

    @AfterAll
    static void closeTheModel() {
        MODEL.close();
    }

    @Test
    void aReplyIsThatOfTheChatbot() {
        assertThat(model.chat("hi")).isEqualTo(bot.newConversation().say("hi").text());
    }

    @Test
    void aConversationGoesOnAndOnlyWhatIsNewIsRead() {
        var conversation = bot.newConversation();
        List<ChatMessage> messages = new ArrayList<>(List.of(SystemMessage.from("Be kind.")));
        for (String said : List.of("hi", "Do you like music?", "Why?")) {
            messages.add(UserMessage.from(said));
            ChatResponse response = model.chat(messages);
            messages.add(response.aiMessage());

            assertThat(response.aiMessage().text())
                    .isEqualTo(conversation.say(said).text());
            assertThat(response.tokenUsage().inputTokenCount()).isPositive();
        }
        assertThat(bot.cachedConversations()).as("one here, one there").isEqualTo(2);
    }

    @Test
    void aHistoryFromElsewhereIsReadToo() {
        ChatResponse response = model.chat(
                UserMessage.from("hi"), AiMessage.from("Hello you."), UserMessage.from("Do you like music?"));

        assertThat(response.tokenUsage().inputTokenCount())
                .isGreaterThan(bot.newConversation().say("Do you like music?").promptTokens());
    }

    @Test
    void settingsHoldForTheirRequest() {
        ChatResponse one = model.chat(ChatRequest.builder()
                .messages(UserMessage.from("Who was he?"))
                .maxOutputTokens(3)
                .temperature(0.0)
                .build());

        assertThat(one.tokenUsage().outputTokenCount()).isLessThanOrEqualTo(3);
        assertThat(one.finishReason()).isIn(FinishReason.LENGTH, FinishReason.STOP);
        assertThat(model.chat(ChatRequest.builder()
                                .messages(UserMessage.from("Who was he?"))
                                .temperature(0.7)
                                .topP(0.9)
                                .topK(20)
                                .stopSequences(List.of("."))
                                .build())
                        .aiMessage()
                        .text())
                .isNotBlank();
    }

    @Test
    void whatNoChatbotCanDoIsRefused() {
        assertThatThrownBy(() -> model.chat(ChatRequest.builder()
                        .messages(UserMessage.from("hi"))
                        .toolSpecifications(
                                ToolSpecification.builder().name("clock").build())
                        .build()))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessageContaining("skills");
        assertThatThrownBy(() -> model.chat(AiMessage.from("hi"))).hasMessageContaining("must be the user's");
    }

    @Test
    void partsOfAStreamJoinedAreTheReply() {
        List<String> parts = new CopyOnWriteArrayList<>();
        var complete = new CompletableFuture<ChatResponse>();

        new ConfabStreamingChatModel(bot).chat("Do you like music?", handler(parts, complete));

        await().until(complete::isDone);
        assertThat(String.join("", parts)).isEqualTo(complete.join().aiMessage().text());
        assertThat(complete.join().aiMessage().text()).isEqualTo(model.chat("Do you like music?"));
    }

    @Test
    void aStreamThatCannotBeginEndsInAnError() {
        var complete = new CompletableFuture<ChatResponse>();
        Chatbot closed = Chatbot.of(MODEL);
        closed.close();

        new ConfabStreamingChatModel(closed).chat("hi", handler(new CopyOnWriteArrayList<>(), complete));

        await().until(complete::isCompletedExceptionally);
        assertThat(complete.exceptionNow()).hasMessageContaining("closed");
    }

    private static StreamingChatResponseHandler handler(List<String> parts, CompletableFuture<ChatResponse> complete) {
        return new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String part) {
                parts.add(part);
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                complete.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                complete.completeExceptionally(error);
            }
        };
    }
}
