package dev.confab.server.openai;

import dev.confab.engine.LanguageModel;
import dev.confab.engine.generation.GenerationConfig;
import dev.confab.server.TurnTokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Reads requests for {@code /v1/chat/completions}. */
final class ChatRequest {
    private static final String NO_TOOLS = "the model only talks";
    private static final Map<String, String> UNSUPPORTED = Map.of(
            "tools", NO_TOOLS,
            "functions", NO_TOOLS,
            "audio", NO_TOOLS,
            "web_search_options", NO_TOOLS,
            "prediction", "replies are always written by the model");

    private ChatRequest() {}

    /**
     * What was said in a conversation.
     *
     * @param isUser by the user, or else by the chatbot
     */
    record Message(boolean isUser, String text) {}

    /**
     * What a request asks for.
     *
     * @param turns makes prompts of conversations
     * @param filters look at the conversation
     * @param operator how replies are made where the request says nothing
     * @param time the longest that a reply may take
     * @throws ApiException if the request cannot be served
     */
    static Task read(
            Body body,
            LanguageModel model,
            TurnTokens turns,
            ApiFilters filters,
            GenerationConfig operator,
            Duration time) {
        body.refuse(UNSUPPORTED);
        JsonNode format = body.json().path("response_format").path("type");
        if (!format.isMissingNode() && !format.asString("").equals("text")) {
            throw ApiException.unsupported("response_format", "the model writes text alone");
        }
        String lengthName = body.has("max_completion_tokens") ? "max_completion_tokens" : "max_tokens";
        int maxTokens =
                body.integer(lengthName, turns.roomForReply(), 1, model.config().positions() - 1);
        Sampling sampling = Sampling.read(body, Sampling.chatLogProbabilities(body), operator, model, time);
        ApiFilters.Heard heard = filters.hear(messages(body));
        int[] prompt = heard.answer().isPresent() ? new int[0] : turns.prompt(heard.turns(), maxTokens);
        return new Task(List.of(prompt), sampling, maxTokens, false, heard.answer());
    }

    private static List<Message> messages(Body body) {
        JsonNode messages = body.get("messages");
        if (messages == null || !messages.isArray() || messages.isEmpty()) {
            throw ApiException.invalid("messages", "'messages' must be a list with at least one message");
        }
        if (messages.size() > body.limits().messages()) {
            throw ApiException.invalid(
                    "messages",
                    "the conversation has " + messages.size() + " messages; at most "
                            + body.limits().messages() + " may be");
        }
        List<Message> said = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            said.add(message(body, messages.get(i), "messages[" + i + "]"));
        }
        if (!messages.get(messages.size() - 1).path("role").asString("").equals("user")) {
            throw ApiException.invalid("messages", "the last message must be the user's, for it is what is replied to");
        }
        return said;
    }

    private static Message message(Body body, JsonNode message, String name) {
        String role = message.path("role").asString("");
        switch (role) {
            case "user", "assistant" -> {}
            case "system", "developer" ->
                throw ApiException.invalid(
                        name + ".role",
                        "the model was trained on conversations alone and follows no instructions: leave the " + role
                                + " message out");
            default ->
                throw ApiException.invalid(
                        name + ".role", "the role is '" + role + "'; expected 'user' or 'assistant'");
        }
        String text = content(message.path("content"), name + ".content");
        return role.equals("user")
                ? new Message(true, body.checkedTyped(name + ".content", text))
                : new Message(false, body.checked(name + ".content", text));
    }

    private static String content(JsonNode content, String name) {
        if (content.isString()) {
            return content.stringValue();
        }
        var text = new StringBuilder();
        for (JsonNode part : content) {
            if (!part.path("type").asString("").equals("text")
                    || !part.path("text").isString()) {
                throw ApiException.invalid(name, "a part of the message is no text, which is all that the model reads");
            }
            text.append(part.path("text").stringValue());
        }
        if (!content.isArray() || content.isEmpty()) {
            throw ApiException.invalid(name, "the message has no text");
        }
        return text.toString();
    }
}
