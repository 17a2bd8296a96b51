package dev.confab.server.openai;

import dev.confab.dialogue.Intervention.Action;
import dev.confab.dialogue.Intervention.Stage;
import dev.confab.dialogue.filter.FilterPolicy;
import dev.confab.dialogue.filter.FilterResult;
import dev.confab.server.ReplyMeter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at what comes in through the API and at what goes out, as the operator wants it. A client sends a conversation anew
 * with each message, so all of it is looked at each time. Usable from any thread.
 */
final class ApiFilters {
    /** Said where a filter wants another reply than the one that there is. */
    private static final String NOTHING = "";

    private final FilterPolicy policy;
    private final ReplyMeter meter;

    ApiFilters(FilterPolicy policy, ReplyMeter meter) {
        this.policy = policy;
        this.meter = meter;
    }

    /**
     * What is left of a conversation.
     *
     * @param turns what the model may read, the oldest first
     * @param answer what is said without asking the model; empty if it is asked
     */
    record Heard(List<String> turns, Optional<String> answer) {
        private static Heard answered(String answer) {
            return new Heard(List.of(), Optional.of(answer));
        }
    }

    /**
     * Looks at the messages of a conversation. An earlier one that is refused is left out with the replies to it, as if it
     * had not been said.
     *
     * @param messages the oldest first; the last is the user's
     */
    Heard hear(List<ChatRequest.Message> messages) {
        List<String> turns = new ArrayList<>();
        boolean leftOut = false;
        for (ChatRequest.Message message : messages.subList(0, messages.size() - 1)) {
            if (message.isUser()) {
                Optional<String> earlier = earlier(message.text());
                leftOut = earlier.isEmpty();
                earlier.ifPresent(turns::add);
            } else if (!leftOut) {
                turns.add(message.text());
            }
        }
        String last = messages.getLast().text();
        return switch (policy.input().check(last)) {
            case FilterResult.Passed _ -> heard(turns, last);
            case FilterResult.Masked masked -> {
                meter.intervened(Stage.INPUT, Action.MASKED);
                yield heard(turns, masked.text());
            }
            case FilterResult.Replaced replaced -> {
                meter.intervened(Stage.INPUT, Action.REPLACED);
                yield Heard.answered(replaced.reply());
            }
            case FilterResult.Refused refused -> {
                meter.intervened(Stage.INPUT, Action.REFUSED);
                yield Heard.answered(refused.reply());
            }
            case FilterResult.Retry _ -> {
                meter.intervened(Stage.INPUT, Action.REFUSED);
                yield Heard.answered(NOTHING);
            }
        };
    }

    private static Heard heard(List<String> turns, String last) {
        turns.add(last);
        return new Heard(turns, Optional.empty());
    }

    private Optional<String> earlier(String text) {
        return switch (policy.input().check(text)) {
            case FilterResult.Passed _ -> Optional.of(text);
            case FilterResult.Masked masked -> Optional.of(masked.text());
            case FilterResult.Replaced _ -> Optional.of(text);
            case FilterResult.Refused _ -> Optional.empty();
            case FilterResult.Retry _ -> Optional.empty();
        };
    }

    /** Whether replies are looked at, so that nothing of one may be shown before it is complete. */
    boolean holdReplies() {
        return !policy.reply().isEmpty();
    }

    /** What is said in place of a reply; empty if the reply may be given as it is. */
    Optional<String> inPlaceOf(String reply) {
        return switch (policy.reply().check(reply)) {
            case FilterResult.Passed _ -> Optional.empty();
            case FilterResult.Masked masked -> instead(Action.MASKED, masked.text());
            case FilterResult.Replaced replaced -> instead(Action.REPLACED, replaced.reply());
            case FilterResult.Refused refused -> instead(Action.REPLACED, refused.reply());
            case FilterResult.Retry _ -> instead(Action.REPLACED, NOTHING);
        };
    }

    private Optional<String> instead(Action action, String text) {
        meter.intervened(Stage.OUTPUT, action);
        return Optional.of(text);
    }
}
