package dev.confab.dialogue;

import dev.confab.dialogue.memory.EarlierTurns;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Brings back turns that the model is no longer shown, where what is said now resembles them. The index is made anew when
 * more turns have gone, which is seldom, and given up where memory is short. Belongs to one conversation.
 */
final class Recall {
    private SoftReference<Index> index = new SoftReference<>(null);

    /** An index and the last turn in it. */
    private record Index(int lastTurn, EarlierTurns earlier, List<List<Turn>> exchanges) {}

    /**
     * What is to be noted with a turn.
     *
     * @param gone the turns that are no longer shown, the oldest first
     * @param said what is said now
     * @param most how many turns may come back
     * @return {@link TurnDetail#RECALLED}, or nothing
     */
    Map<String, String> details(List<Turn> gone, String said, int most) {
        if (gone.isEmpty() || most == 0) {
            return Map.of();
        }
        Index current = index(gone);
        String numbers = current.earlier().like(said, most).stream()
                .flatMap(found -> current.exchanges().get(found).stream())
                .limit(most)
                .map(Turn::id)
                .sorted()
                .map(String::valueOf)
                .collect(Collectors.joining(","));
        return numbers.isEmpty() ? Map.of() : Map.of(TurnDetail.RECALLED, numbers);
    }

    private Index index(List<Turn> gone) {
        int last = gone.getLast().id();
        Index known = index.get();
        if (known != null && known.lastTurn() == last) {
            return known;
        }
        List<List<Turn>> exchanges = new ArrayList<>();
        for (Turn turn : gone) {
            if (turn.isUser() || exchanges.isEmpty()) {
                exchanges.add(new ArrayList<>());
            }
            exchanges.getLast().add(turn);
        }
        EarlierTurns earlier = EarlierTurns.of(exchanges.stream()
                .map(exchange -> exchange.stream().map(Turn::text).collect(Collectors.joining("\n")))
                .toList());
        Index made = new Index(last, earlier, exchanges);
        index = new SoftReference<>(made);
        return made;
    }
}
