package dev.confab.telegram;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The chats of a bot, with people who write what a test wants. */
public abstract sealed class TestChats permits BotApiServer {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final AtomicInteger messageNumbers = new AtomicInteger();
    private final Map<Long, Set<Long>> administrators = new ConcurrentHashMap<>();
    final PendingUpdates updates = new PendingUpdates();
    final SentMessages messages = new SentMessages(this::nextMessage);

    TestChats() {}

    /** A person writes to the bot in private; returns the number of the message. */
    public int says(long person, String text) {
        return message(privately(person).put("text", text));
    }

    /** The bones of a private message. */
    ObjectNode privately(long person) {
        ObjectNode message =
                JSON.createObjectNode().put("message_id", nextMessage()).put("date", 1_790_000_000);
        message.putObject("chat").put("id", person).put("type", "private").put("first_name", "Ada");
        message.putObject("from").put("id", person).put("is_bot", false).put("first_name", "Ada");
        return message;
    }

    /** The bones of a message in a group. */
    ObjectNode inGroup(long group, long person) {
        ObjectNode message = privately(person);
        message.putObject("chat").put("id", group).put("type", "supergroup").put("title", "Friends");
        return message;
    }

    /** A message in a group that begins with a mention of the bot. */
    ObjectNode mention(long group, long person, String text) {
        String mention = "@" + BotApiServer.NAME;
        ObjectNode message = inGroup(group, person).put("text", mention + " " + text);
        message.putArray("entities")
                .addObject()
                .put("type", "mention")
                .put("offset", 0)
                .put("length", mention.length());
        return message;
    }

    /** Somebody sends a message; returns its number. */
    int message(ObjectNode message) {
        update("message", message);
        return message.path("message_id").intValue();
    }

    /** Somebody changes a message. */
    void edits(long person, int message, String text) {
        update(
                "edited_message",
                privately(person)
                        .put("message_id", message)
                        .put("edit_date", 1_790_000_001)
                        .put("text", text));
    }

    /** Somebody presses a button below a message of the bot's in private. */
    void presses(long person, int message, String data) {
        presses(privately(person), message, data);
    }

    /** Somebody presses a button below a message of the bot's, in the chat of these bones. */
    void presses(ObjectNode bones, int message, String data) {
        ObjectNode query = JSON.createObjectNode()
                .put("id", "q" + message)
                .put("data", data)
                .put("chat_instance", "1");
        query.set("from", bones.path("from"));
        query.set("message", bones.put("message_id", message).put("text", "?"));
        update("callback_query", query);
    }

    /** Something happens; returns the number of the update. */
    int update(String kind, ObjectNode content) {
        return updates.add(kind, content);
    }

    /** An update as Telegram would bring it to a webhook. */
    static String json(int id, String kind, ObjectNode content) {
        return JSON.createObjectNode().put("update_id", id).set(kind, content).toString();
    }

    private int nextMessage() {
        return messageNumbers.incrementAndGet();
    }

    /** Somebody deletes a message of the bot's. */
    void remove(int message) {
        messages.remove(message);
    }

    /** Somebody blocks the bot. */
    void block(long chat) {
        messages.block(chat);
    }

    void unblock(long chat) {
        messages.unblock(chat);
    }

    /** Who administers a group; nobody if unsaid. */
    void administer(long group, Set<Long> people) {
        administrators.put(group, people);
    }

    JsonNode administrators(long group) {
        ArrayNode list = JSON.createArrayNode();
        for (long person : administrators.getOrDefault(group, Set.of())) {
            ObjectNode member = list.addObject().put("status", "administrator").put("is_anonymous", false);
            member.putObject("user").put("id", person).put("is_bot", false).put("first_name", "Ada");
        }
        return list;
    }

    /** Does something at the moment when the bot's messages have become so many, before the bot hears of the last one. */
    void onReply(int number, Runnable action) {
        messages.whenThereAre(number, action);
    }

    /** What the bot's messages in a chat say now, the oldest first. */
    public List<String> texts(long chat) {
        return messages(chat).stream().map(SentMessages.Message::text).toList();
    }

    /** The bot's messages in a chat. */
    List<SentMessages.Message> messages(long chat) {
        return messages.in(chat);
    }
}
