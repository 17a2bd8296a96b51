package dev.confab.server;

import dev.confab.server.store.Database;
import dev.confab.server.store.DatabaseConversationStore;
import dev.confab.server.store.Tallies;
import dev.confab.ui.conversation.ConversationSummary;
import dev.confab.ui.conversation.Feedback;
import dev.confab.ui.conversation.StoredConversation;
import dev.confab.ui.conversation.StoredMessage;
import dev.confab.ui.conversation.StoredMessage.State;
import dev.confab.ui.conversation.Timings;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What a month of a team's chats leaves in the database: busy days, quiet nights, slow afternoons, opinions. */
final class SampleTraffic {
    private static final List<String> QUESTIONS = List.of(
            "Hello, how are you?",
            "What is the best way to buy happiness?",
            "Can you help me write to my landlord about the heating?",
            "Which film should we watch tonight?",
            "Do parrots sleep?");
    private static final List<String> REPLIES = List.of(
            "I don't know.",
            "I'm not sure what you mean.",
            "Yes, and they tuck their heads under a wing.",
            "Something with a good ending. Have you seen the one about the lighthouse?",
            "Money helps, but I would begin with a walk and a friend who laughs at your jokes.");
    private static final List<String> COMMENTS =
            List.of("", "", "dull", "It did not answer my question at all.", "<img src=x onerror=alert(1)>");

    private final Random random = new Random(7);
    private final DatabaseConversationStore store;
    private final Tallies tallies;
    private int conversations;

    /** How many replies were asked for in the last 24 hours, the present one included. */
    private int repliesOfTheDay;

    private SampleTraffic(Database database) {
        store = new DatabaseConversationStore(database);
        tallies = new Tallies(database);
    }

    /** Fills a database up to a time; returns how many replies belong to the last 24 hours, the present one included. */
    static int fill(Database database, Instant now) {
        var traffic = new SampleTraffic(database);
        Instant day = now.atZone(ZoneId.systemDefault())
                .truncatedTo(ChronoUnit.HOURS)
                .minusHours(23)
                .toInstant();
        for (int hours = 29 * 24; hours >= 0; hours--) {
            traffic.hour(now.minus(Duration.ofHours(hours)), day);
        }
        return traffic.repliesOfTheDay;
    }

    private void hour(Instant at, Instant day) {
        int hour = at.atZone(ZoneId.systemDefault()).getHour();
        double busy = Math.max(0, Math.sin((hour - 6) * Math.PI / 16));
        int chats = (int) Math.round(busy * 2 + random.nextDouble() * 0.8);
        for (int i = 0; i < chats; i++) {
            chat(at, busy, day);
        }
        tallies.add(
                at,
                Map.of(
                        "confab.requests route=/v1/chat/completions status=200",
                                1 + Math.round(busy * random.nextInt(9)),
                        "confab.requests route=/v1/chat/completions status=429", (long) random.nextInt(2),
                        "confab.refused reason=client", (long) random.nextInt(2),
                        "confab.interventions action=masked stage=input", (long) random.nextInt(3),
                        "confab.interventions action=retried stage=guard", (long) random.nextInt(4),
                        "confab.interventions action=replaced stage=failure", random.nextInt(9) == 0 ? 1L : 0L,
                        "confab.replies source=fallback", (long) random.nextInt(2),
                        "confab.replies source=model", 20L));
    }

    private void chat(Instant at, double busy, Instant day) {
        List<StoredMessage> messages = new ArrayList<>();
        String parent = StoredMessage.ROOT;
        int turns = 1 + random.nextInt(4);
        for (int turn = 0; turn < turns; turn++) {
            Instant asked = at.minusSeconds(300).plusSeconds(60L * turn);
            String question = "q" + turn;
            messages.add(StoredMessage.ofUser(question, parent, any(QUESTIONS), asked));
            StoredMessage reply = reply("r" + turn, question, asked, busy);
            messages.add(reply);
            repliesOfTheDay += asked.isBefore(day) ? 0 : 1;
            parent = reply.id();
        }
        String owner = random.nextInt(3) == 0 ? "browser:secret" + random.nextInt(9) : "user:ann" + random.nextInt(30);
        store.save(
                owner,
                new StoredConversation(
                        new ConversationSummary("c" + conversations++, any(QUESTIONS), at, at),
                        Map.of(),
                        Map.of(),
                        messages));
    }

    private StoredMessage reply(String id, String parent, Instant at, double busy) {
        StoredMessage coming = StoredMessage.running(id, parent, "event", at);
        int luck = random.nextInt(40);
        if (luck == 0) {
            return coming.ended(State.FAILED, "", "no memory", null);
        }
        double first = 0.08 + busy * 0.4 * random.nextDouble() + (luck == 1 ? 2 : 0);
        double speed = 45 - busy * 20 * random.nextDouble();
        State state = luck < 4 ? State.STOPPED : State.DONE;
        StoredMessage reply = coming.ended(state, any(REPLIES), null, new Timings(first, speed, Timings.Unit.TOKENS));
        if (luck > 30) {
            boolean bad = reply.text().startsWith("I") && luck > 32;
            return reply.withFeedback(
                    new Feedback(bad ? "Dislike" : "Like", bad ? any(COMMENTS) : "", at.plusSeconds(20)));
        }
        return reply;
    }

    private String any(List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }
}
