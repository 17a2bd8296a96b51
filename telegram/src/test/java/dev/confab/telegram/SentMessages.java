package dev.confab.telegram;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The bot's messages in all chats, which it can edit and delete, with what Telegram refuses. */
final class SentMessages {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int LONGEST_TEXT = 4096;
    private static final int LONGEST_CAPTION = 1024;

    private final IntSupplier numbers;
    private final Map<Integer, Message> messages = new LinkedHashMap<>();
    private final Set<Long> blockedBy = new HashSet<>();
    private @Nullable Trap trap;

    /** A message of the bot's. */
    record Message(int id, long chat, String text) {}

    private record Trap(int number, Runnable action) {}

    /** Messages with numbers of this source. */
    SentMessages(IntSupplier numbers) {
        this.numbers = numbers;
    }

    /** Does something at the moment when there are so many, before the bot hears of the last one. */
    synchronized void whenThereAre(int number, Runnable action) {
        trap = new Trap(number, action);
    }

    synchronized void remove(int message) {
        messages.remove(message);
    }

    synchronized void block(long chat) {
        blockedBy.add(chat);
    }

    synchronized void unblock(long chat) {
        blockedBy.remove(chat);
    }

    /** Those in a chat, the oldest first. */
    synchronized List<Message> in(long chat) {
        return messages.values().stream()
                .filter(message -> message.chat() == chat)
                .toList();
    }

    JsonNode sendText(Map<String, String> parameters) {
        return send(parameters, parameters.getOrDefault("text", ""), LONGEST_TEXT);
    }

    JsonNode sendAnimation(Map<String, String> parameters) {
        return send(parameters, parameters.getOrDefault("caption", ""), LONGEST_CAPTION);
    }

    private synchronized JsonNode send(Map<String, String> parameters, String text, int longest) {
        long chat = Long.parseLong(parameters.getOrDefault("chat_id", "0"));
        if (blockedBy.contains(chat)) {
            throw new RefusedCall(403, "Forbidden: bot was blocked by the user");
        }
        check(text, longest);
        int id = numbers.getAsInt();
        messages.put(id, new Message(id, chat, text));
        if (trap != null && messages.size() >= trap.number()) {
            trap.action().run();
            trap = null;
        }
        return JSON.createObjectNode()
                .put("message_id", id)
                .put("date", 1_790_000_000)
                .put("text", text);
    }

    synchronized JsonNode edit(Map<String, String> parameters) {
        Message message = messages.get(Integer.parseInt(parameters.getOrDefault("message_id", "0")));
        String text = parameters.getOrDefault("text", "");
        if (message == null) {
            throw new RefusedCall(400, "Bad Request: message to edit not found");
        }
        check(text, LONGEST_TEXT);
        if (message.text().equals(text) && !parameters.containsKey("reply_markup")) {
            throw new RefusedCall(
                    400, "Bad Request: message is not modified: specified new message content is the same");
        }
        messages.put(message.id(), new Message(message.id(), message.chat(), text));
        return JSON.createObjectNode().put("message_id", message.id()).put("text", text);
    }

    synchronized JsonNode delete(Map<String, String> parameters) {
        messages.remove(Integer.parseInt(parameters.getOrDefault("message_id", "0")));
        return JSON.valueToTree(true);
    }

    private static void check(String text, int longest) {
        if (text.isBlank()) {
            throw new RefusedCall(400, "Bad Request: message text is empty");
        }
        if (text.length() > longest) {
            throw new RefusedCall(400, "Bad Request: message is too long");
        }
    }
}
