package dev.confab.examples;

import dev.confab.dialogue.Chatbot;
import dev.confab.langchain4j.ConfabChatModel;
import dev.confab.langchain4j.ConfabStreamingChatModel;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A chatbot where a program expects one of LangChain4j's models: one that answers at once, and one that streams. */
public final class WithLangChain4j {
    private WithLangChain4j() {}

    /**
     * Says two things; the second reply is printed while it is made.
     *
     * @param arguments the model's name or folder; microsoft/DialoGPT-medium if there is none
     */
    public static void main(String... arguments) {
        String name = arguments.length > 0 ? arguments[0] : "microsoft/DialoGPT-medium";
        try (var bot = Chatbot.fromPretrained(name)) {
            ChatModel model = new ConfabChatModel(bot);
            List<ChatMessage> messages = new ArrayList<>();
            messages.add(UserMessage.from("Does money buy happiness?"));
            AiMessage reply = model.chat(messages).aiMessage();
            IO.println(reply.text());

            messages.add(reply);

            messages.add(UserMessage.from("What is the best way to buy happiness?"));
            StreamingChatModel streaming = new ConfabStreamingChatModel(bot);
            var complete = new CompletableFuture<ChatResponse>();
            streaming.chat(messages, printing(complete));
            complete.join();
        }
    }

    private static StreamingChatResponseHandler printing(CompletableFuture<ChatResponse> complete) {
        return new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String part) {
                IO.print(part);
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                IO.println();
                complete.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                complete.completeExceptionally(error);
            }
        };
    }
}
