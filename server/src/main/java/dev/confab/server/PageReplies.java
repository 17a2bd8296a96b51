package dev.confab.server;

import dev.confab.dialogue.Chatbot;
import dev.confab.dialogue.Conversation;
import dev.confab.dialogue.Reply;
import dev.confab.server.access.Gate;
import dev.confab.server.access.RefusedException;
import dev.confab.ui.ChatTurn;
import dev.confab.ui.ReplyWriter;
import dev.confab.ui.call.CallContext;
import dev.confab.ui.call.UserError;
import dev.confab.ui.conversation.Timings;
import java.time.Duration;

/** Answers the messages of the page with the chatbot. Usable from any thread. */
final class PageReplies {
    private final AwaitedModel model;
    private final PageConversations conversations;
    private final ServerOptions options;
    private final Gate gate;
    private final ReplyMeter meter;

    PageReplies(AwaitedModel model, ServerOptions options, Gate gate, ReplyMeter meter) {
        this.model = model;
        this.conversations = new PageConversations(options.sessions());
        this.options = options;
        this.gate = gate;
        this.meter = meter;
    }

    /** Replies to a message bit by bit. */
    void reply(ChatTurn turn, ReplyWriter out) {
        int most = options.input().characters();
        if (turn.message().length() > most) {
            throw new UserError(
                    "The message has " + turn.message().length() + " characters; at most " + most + " can be read.");
        }
        String session = CallContext.current().session();
        try (Gate.Pass pass = gate.enter("page " + session)) {
            Conversation conversation = conversations.take(bot(), session, turn.history());
            Reply reply;
            try {
                reply = say(turn.message(), conversation, out, pass);
            } finally {
                conversations.giveBack(session, conversation); // if it failed, it is as if nothing had been said
            }
            out.measured(timings(reply));
            meter.replied(reply);
            SpokenLog.replied("page", turn.message(), reply.text());
        } catch (RefusedException e) {
            throw new UserError("This is not possible now: " + e.getMessage() + ".");
        }
    }

    private Chatbot bot() {
        if (!model.isThere()) {
            CallContext.current().progress(null, "The model is being loaded");
        }
        return model.await().bot();
    }

    private Reply say(String message, Conversation conversation, ReplyWriter out, Gate.Pass pass) {
        Duration time = options.traffic().replyTime();
        try (ReplyWatch watch = ReplyWatch.of(conversation, () -> out.cancelled() || pass.cancelled(), time)) {
            Reply reply = conversation.say(message, out::write);
            if (watch.expired()) {
                CallContext.current()
                        .warning("The reply took longer than " + time.toSeconds() + " seconds, and ends here.");
            }
            return reply;
        }
    }

    private static Timings timings(Reply reply) {
        Duration later = reply.total().minus(reply.firstToken());
        boolean measurable = reply.tokens() > 1 && later.isPositive();
        return new Timings(
                reply.firstToken().toNanos() / 1e9,
                measurable ? (reply.tokens() - 1) / (later.toNanos() / 1e9) : null,
                Timings.Unit.TOKENS);
    }

    /** How many conversations wait for their next message. */
    int silent() {
        return conversations.silent();
    }

    /** Gives the memory of all conversations back. */
    void close() {
        conversations.close();
    }
}
