package dev.confab.langchain4j;

import dev.confab.dialogue.Chatbot;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;

/**
 * A chatbot as LangChain4j's {@link ChatModel}.
 *
 * <pre>{@code
 * try (var bot = Chatbot.fromPretrained("microsoft/DialoGPT-medium")) {
 *     ChatModel model = new ConfabChatModel(bot);
 *     System.out.println(model.chat("Does money buy happiness?"));
 * }
 * }</pre>
 *
 * <p>A request brings the whole conversation; if it goes on from one that was answered here not long ago, only what is
 * new is read. Temperature, top p, top k, the number of output tokens and stop sequences hold for the request; a model of
 * DialoGPT's family knows no system messages, which are left out (give the chatbot a persona instead), and no tools,
 * images or formats, which are refused. Usable from any thread; the chatbot stays the caller's to close.
 */
public final class ConfabChatModel implements ChatModel {
    private final Conversations conversations;

    /** A model that answers through a chatbot. */
    public ConfabChatModel(Chatbot bot) {
        conversations = new Conversations(bot);
    }

    /**
     * Replies to the last message, which must be the user's.
     *
     * @throws dev.langchain4j.exception.UnsupportedFeatureException if the request asks for what no chatbot here can do
     */
    @Override
    public ChatResponse doChat(ChatRequest request) {
        return conversations.reply(request, part -> {});
    }
}
