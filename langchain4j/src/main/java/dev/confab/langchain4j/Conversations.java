package dev.confab.langchain4j;

import dev.confab.dialogue.Chatbot;
import dev.confab.dialogue.Conversation;
import dev.confab.dialogue.Reply;
import dev.confab.dialogue.Speaker;
import dev.confab.dialogue.Transcript;
import dev.confab.dialogue.Turn;
import dev.confab.engine.generation.GenerationConfig;
import dev.confab.engine.generation.GenerationConfigBuilder;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Requests, each of which brings a whole conversation, as conversations that go on. Those that were answered last are
 * kept, so that the next request of the same conversation costs only what is new. Usable from any thread.
 */
final class Conversations {
    private static final int MOST_KEPT = 256;

    private final Chatbot bot;
    private final Map<List<Line>, Conversation> kept = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Line>, Conversation> eldest) {
            if (size() > MOST_KEPT) {
                eldest.getValue().close();
                return true;
            }
            return false;
        }
    };

    /** Something that was said. */
    private record Line(Speaker speaker, String text) {}

    Conversations(Chatbot bot) {
        this.bot = bot;
    }

    ChatResponse reply(ChatRequest request, Consumer<String> onText) {
        requireSupported(request);
        List<Line> lines = lines(request.messages());
        if (lines.isEmpty() || lines.getLast().speaker() != Speaker.USER) {
            throw new IllegalArgumentException("the last message must be the user's");
        }
        List<Line> before = lines.subList(0, lines.size() - 1);
        Conversation conversation = take(before);
        conversation.use(bot.settings().withGeneration(changes(request)));
        Reply reply = conversation.say(lines.getLast().text(), onText);
        lines.add(new Line(Speaker.CHATBOT, reply.text()));
        keep(lines, conversation);
        return response(conversation.id(), reply);
    }

    private Conversation take(List<Line> before) {
        synchronized (kept) {
            Conversation conversation = kept.remove(before);
            if (conversation != null) {
                return conversation;
            }
        }
        List<Turn> turns = new ArrayList<>();
        Instant now = Instant.now();
        for (Line line : before) {
            int id = turns.size() + 1;
            turns.add(new Turn(id, id - 1, line.speaker(), line.text(), now, Map.of()));
        }
        return bot.resume(Transcript.of(UUID.randomUUID().toString(), now, turns, turns.size()));
    }

    private void keep(List<Line> lines, Conversation conversation) {
        synchronized (kept) {
            Conversation other = kept.put(List.copyOf(lines), conversation);
            if (other != null) {
                other.close();
            }
        }
    }

    private static List<Line> lines(List<ChatMessage> messages) {
        List<Line> lines = new ArrayList<>();
        for (ChatMessage message : messages) {
            switch (message) {
                case UserMessage user -> lines.add(new Line(Speaker.USER, text(user)));
                case AiMessage ai -> lines.add(new Line(Speaker.CHATBOT, ai.text() == null ? "" : ai.text()));
                case SystemMessage _ -> {} // a model of this family follows no instructions
                default ->
                    throw new UnsupportedFeatureException(
                            message.type() + " messages are not supported; a chatbot here understands text alone");
            }
        }
        return lines;
    }

    private static String text(UserMessage message) {
        if (!message.hasSingleText()) {
            throw new UnsupportedFeatureException("a message with other content than one text is not supported");
        }
        return message.singleText();
    }

    private static void requireSupported(ChatRequest request) {
        if (request.toolSpecifications() != null
                && !request.toolSpecifications().isEmpty()) {
            throw new UnsupportedFeatureException("tools are not supported; give the chatbot skills instead");
        }
        if (request.responseFormat() != null && request.responseFormat().type() != ResponseFormatType.TEXT) {
            throw new UnsupportedFeatureException("the response format JSON is not supported");
        }
    }

    private static GenerationConfig changes(ChatRequest request) {
        GenerationConfigBuilder changes = GenerationConfig.builder();
        Double temperature = request.temperature();
        if (temperature != null) {
            changes.doSample(temperature > 0);
            if (temperature > 0) {
                changes.temperature(temperature);
            }
        }
        if (request.topP() != null) {
            changes.topP(request.topP());
        }
        if (request.topK() != null) {
            changes.topK(request.topK());
        }
        if (request.maxOutputTokens() != null) {
            changes.maxNewTokens(request.maxOutputTokens());
        }
        List<String> stops = request.stopSequences();
        if (stops != null && !stops.isEmpty()) {
            changes.stopStrings(stops.toArray(String[]::new));
        }
        return changes.build();
    }

    private static ChatResponse response(String id, Reply reply) {
        return ChatResponse.builder()
                .aiMessage(AiMessage.from(reply.text()))
                .metadata(ChatResponseMetadata.builder()
                        .id(id + "-" + reply.turn().id())
                        .tokenUsage(new TokenUsage(reply.promptTokens(), reply.tokens()))
                        .finishReason(finishReason(reply))
                        .build())
                .build();
    }

    private static FinishReason finishReason(Reply reply) {
        return switch (reply.finishReason()) {
            case EOS, STOP -> FinishReason.STOP;
            case LENGTH -> FinishReason.LENGTH;
            case TIME, CANCELLED -> FinishReason.OTHER;
        };
    }
}
