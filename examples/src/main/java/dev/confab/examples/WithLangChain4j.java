package dev.confab.examples;

import dev.confab.dialogue.Chatbot;
import dev.confab.langchain4j.ConfabChatModel;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import java.util.ArrayList;
import java.util.List;

/** A chatbot where a program expects one of LangChain4j's models. */
public final class WithLangChain4j {
    private WithLangChain4j() {}

    /**
     * Says two things.
     *
     * @param arguments the model's name or folder; microsoft/DialoGPT-medium if there is none
     */
    public static void main(String... arguments) {
        String name = arguments.length > 0 ? arguments[0] : "microsoft/DialoGPT-medium";
        try (var bot = Chatbot.fromPretrained(name)) {
            ChatModel model = new ConfabChatModel(bot);
            List<ChatMessage> messages = new ArrayList<>();
            for (String said : List.of("Does money buy happiness?", "What is the best way to buy happiness?")) {
                messages.add(UserMessage.from(said));
                var reply = model.chat(messages).aiMessage();
                messages.add(reply);
                IO.println(reply.text());
            }
        }
    }
}
