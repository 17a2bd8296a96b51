package dev.confab.dialogue;

import dev.confab.dialogue.memory.Eviction;
import dev.confab.dialogue.memory.Facts;
import dev.confab.dialogue.memory.Memory;
import dev.confab.dialogue.persona.Exchange;
import dev.confab.dialogue.persona.Persona;
import dev.confab.engine.Tokens;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes what the model is shown of a conversation: the persona, a summary of the turns that went, and the turns that are
 * left, each with those that are recalled before it. A pure function of the turns, so that a conversation that is taken
 * up again is shown as it would have been.
 */
final class Prompt {
    private static final String REMEMBERED = "I will remember that.";

    private final TurnTokens tokens;
    private final @Nullable Persona persona;
    private final Memory memory;
    private final int limit;

    /**
     * Prompts of a conversation.
     *
     * @param persona stands before all turns, if there is one
     * @param limit the most tokens that the model has room for, at least 1
     */
    Prompt(TurnTokens tokens, @Nullable Persona persona, Memory memory, int limit) {
        this.tokens = tokens;
        this.persona = persona;
        this.memory = memory;
        this.limit = limit;
    }

    /** The turns that may be shown: all but those that were withheld. */
    static List<Turn> visible(List<Turn> path) {
        return path.stream()
                .filter(turn -> !turn.details().containsKey(TurnDetail.WITHHELD))
                .toList();
    }

    /**
     * What is shown for the reply to the last turn.
     *
     * @param turns of a branch, at least one
     */
    int[] of(List<Turn> turns) {
        Shares shares = shares();
        int first = firstShown(turns);
        List<int[]> parts = new ArrayList<>(pinned());
        parts.addAll(summary(turns.subList(0, first), shares.summary()));
        Map<Integer, Turn> byNumber = byNumber(turns);
        for (Turn turn : turns.subList(first, turns.size())) {
            parts.add(read(turn, byNumber, shares.turns()));
        }
        parts.add(tokens.cue());
        return Tokens.concat(parts.toArray(int[][]::new));
    }

    /** The index of the first turn that is shown. */
    int firstShown(List<Turn> turns) {
        int room = shares().turns();
        Map<Integer, Turn> byNumber = byNumber(turns);
        int[] lengths = turns.stream()
                .mapToInt(turn -> read(turn, byNumber, room).length)
                .toArray();
        int first = Eviction.firstShown(lengths, room, (int) (room * memory.keep()));
        boolean replyAlone =
                first > 0 && first < turns.size() - 1 && !turns.get(first).isUser();
        return replyAlone ? first + 1 : first; // a reply without what it replies to only confuses
    }

    /** How many tokens the summary and the turns may have. */
    private record Shares(int summary, int turns) {}

    private Shares shares() {
        int budget = budget() - length(pinned());
        int summary = Math.min(memory.summaryTokens(), budget / 2);
        return new Shares(summary, Math.max(1, budget - summary));
    }

    private int budget() {
        return Math.max(1, Math.min(memory.tokenBudget(), limit) - tokens.cue().length);
    }

    private List<int[]> pinned() {
        return persona == null ? List.of() : fitting(tokens.of(persona), budget() / 2);
    }

    /** What the person told in turns that went, the latest of it if not all fits. */
    private List<int[]> summary(List<Turn> gone, int room) {
        if (room == 0) {
            return List.of();
        }
        List<String> facts =
                Facts.in(gone.stream().filter(Turn::isUser).map(Turn::text).toList());
        for (int from = 0; from < facts.size(); from++) {
            String told = String.join(" ", facts.subList(from, facts.size()));
            List<int[]> exchange = tokens.of(new Exchange(told, REMEMBERED));
            if (length(exchange) <= room) {
                return exchange;
            }
        }
        return List.of();
    }

    /** A turn behind those that are recalled with it, which have a quarter of the room. */
    private int[] read(Turn turn, Map<Integer, Turn> byNumber, int room) {
        List<int[]> parts = new ArrayList<>();
        for (String number : recalled(turn)) {
            Turn earlier = byNumber.get(Integer.valueOf(number));
            if (earlier != null && length(parts) + tokens.of(earlier).length <= room / 4) {
                parts.add(tokens.of(earlier));
            }
        }
        parts.add(tokens.of(turn));
        int[] all = Tokens.concat(parts.toArray(int[][]::new));
        return all.length <= room ? all : Tokens.from(all, all.length - room);
    }

    private static List<String> recalled(Turn turn) {
        String numbers = turn.details().getOrDefault(TurnDetail.RECALLED, "");
        return numbers.matches("\\d{1,9}(,\\d{1,9}){0,99}") ? List.of(numbers.split(",")) : List.of();
    }

    private static Map<Integer, Turn> byNumber(List<Turn> turns) {
        Map<Integer, Turn> byNumber = new HashMap<>();
        turns.forEach(turn -> byNumber.put(turn.id(), turn));
        return byNumber;
    }

    /** As many turns from the front as fit. */
    private static List<int[]> fitting(List<int[]> turns, int limit) {
        int length = 0;
        for (int i = 0; i < turns.size(); i++) {
            length += turns.get(i).length;
            if (length > limit) {
                return turns.subList(0, i);
            }
        }
        return turns;
    }

    private static int length(List<int[]> turns) {
        return turns.stream().mapToInt(turn -> turn.length).sum();
    }
}
