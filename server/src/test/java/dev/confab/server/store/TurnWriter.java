package dev.confab.server.store;

import dev.confab.ui.conversation.StoredMessage;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * A process that keeps turns as fast as it can, several conversations at a time, until it is killed. It prints a line for
 * each step that the store has acknowledged, after it: the conversation's number, the turn's number and the step.
 */
final class TurnWriter {
    static final String OWNER = "user:ann";
    static final int CONVERSATIONS = 3;

    private TurnWriter() {}

    public static void main(String... arguments) {
        Database database = Database.open(DatabaseAddress.parse(arguments[0]));
        var store = new DatabaseConversationStore(database);
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (int i = 0; i < CONVERSATIONS; i++) {
            int conversation = i;
            Thread.ofPlatform().start(() -> write(store, conversation, out));
        }
    }

    private static void write(DatabaseConversationStore store, int conversation, PrintStream out) {
        String id = "c" + conversation;
        store.save(OWNER, Samples.conversation(id, "Conversation " + conversation, Instant.EPOCH));
        String parent = StoredMessage.ROOT;
        for (int turn = 0; turn < 9_000; turn += 1) {
            String question = "m" + turn;
            String reply = "r" + turn;
            StoredMessage asked = Samples.question(question, parent, text(turn));
            store.put(OWNER, id, List.of(asked, StoredMessage.running(reply, question, "event", Instant.EPOCH)));
            out.println(conversation + " " + turn + " asked");
            store.put(OWNER, id, List.of(Samples.reply(reply, question, text(turn), Instant.EPOCH, 0.5)));
            out.println(conversation + " " + turn + " answered");
            parent = reply;
        }
    }

    /** What is said in a turn, large enough to fill several pages of a database. */
    static String text(int turn) {
        return ("turn " + turn + " ").repeat(500);
    }
}
