package dev.confab.dialogue.guard;

import java.util.List;
import java.util.Optional;

/** All that look at a reply before anybody sees it; the first that objects decides. Immutable. */
public final class Guards {
    private static final Guards DEFAULTS = new Guards(
            List.of(new EmptyReply(), new RepeatedReply(), new Echo(), new Loop(), new EndlessPunctuation()));
    private static final Guards NONE = new Guards(List.of());

    private final List<ReplyGuard> guards;

    private Guards(List<ReplyGuard> guards) {
        this.guards = List.copyOf(guards);
    }

    /** Against empty replies, repeated ones, echoes, loops and endless punctuation. */
    public static Guards defaults() {
        return DEFAULTS;
    }

    /** None: whatever the model says is the reply. */
    public static Guards none() {
        return NONE;
    }

    /** Guards of one's own, in this order. */
    public static Guards of(List<ReplyGuard> guards) {
        return new Guards(guards);
    }

    /** Why a reply should not be given; empty if it may. */
    public Optional<String> objection(String reply, GuardContext context) {
        return guards.stream()
                .flatMap(guard -> guard.objection(reply, context).stream())
                .findFirst();
    }

    /** How many characters of an unfinished reply may be shown. */
    public int certain(String unfinished, GuardContext context) {
        int certain = unfinished.length();
        for (ReplyGuard guard : guards) {
            certain = Math.min(certain, guard.certain(unfinished, context));
        }
        return certain;
    }

    /** Whether an unfinished reply is beyond saving. */
    public boolean hopeless(String unfinished) {
        return guards.stream().anyMatch(guard -> guard.hopeless(unfinished));
    }
}
