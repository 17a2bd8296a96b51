package dev.confab.langchain4j;

import dev.confab.dialogue.Chatbot;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;

/**
 * A chatbot as LangChain4j's {@link StreamingChatModel}; what holds for {@link ConfabChatModel} holds here. Handlers are
 * called by a thread of the request's own.
 */
public final class ConfabStreamingChatModel implements StreamingChatModel {
    private final Conversations conversations;

    /** A model that answers through a chatbot. */
    public ConfabStreamingChatModel(Chatbot bot) {
        conversations = new Conversations(bot);
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        Thread.ofVirtual().name("confab-langchain4j").start(() -> {
            ChatResponse response;
            try {
                response = conversations.reply(request, handler::onPartialResponse);
            } catch (RuntimeException e) {
                handler.onError(e);
                return;
            }
            handler.onCompleteResponse(response);
        });
    }
}
