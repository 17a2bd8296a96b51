package dev.confab.dialogue;

import dev.confab.engine.error.ConfabException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All that was said in a conversation, as a tree: each turn knows the one that it follows, and where a turn was edited or
 * a reply made anew there are branches, one of which is the current one.
 *
 * <p>Immutable; each change gives another transcript. Beyond {@link #MOST_TURNS} the oldest turns are let go.
 */
public final class Transcript {
    /** How many turns are kept, those of all branches together. */
    public static final int MOST_TURNS = 20_000;

    private final String id;
    private final Instant started;
    private final List<Turn> turns;
    private final int current;

    private Transcript(String id, Instant started, List<Turn> turns, int current) {
        this.id = id;
        this.started = started;
        this.turns = turns;
        this.current = current;
    }

    /** A conversation in which nothing was said yet. */
    public static Transcript begin(String id, Instant started) {
        return new Transcript(id, started, List.of(), 0);
    }

    /**
     * A conversation with these turns.
     *
     * @param turns in the order of their numbers
     * @param current the number of the last turn of the current branch, or 0
     * @throws ConfabException if a turn follows one that is not there, or numbers do not grow
     */
    public static Transcript of(String id, Instant started, List<Turn> turns, int current) {
        Set<Integer> known = new HashSet<>();
        int last = 0;
        for (Turn turn : turns) {
            if (turn.parent() != 0 && !known.contains(turn.parent())) {
                throw new ConfabException("conversation " + id + ": turn " + turn.id() + " follows turn "
                        + turn.parent() + ", which is not there");
            }
            if (turn.id() <= last) {
                throw numbersMustGrow(id, turn, last);
            }
            last = turn.id();
            known.add(last);
        }
        return new Transcript(id, started, bounded(List.copyOf(turns)), 0).at(current);
    }

    /** The conversation's name, unique among those that are kept together. */
    public String id() {
        return id;
    }

    /** When it began. */
    public Instant started() {
        return started;
    }

    /** All turns of all branches, the oldest first. */
    public List<Turn> turns() {
        return turns;
    }

    /** The number of the last turn of the current branch; 0 if there is none. */
    public int current() {
        return current;
    }

    /** The turns of the current branch, the oldest first. */
    public List<Turn> path() {
        List<Turn> path = new ArrayList<>();
        for (int next = current; next != 0; ) {
            Turn turn = turn(next);
            path.add(turn);
            next = turn.parent();
        }
        Collections.reverse(path);
        return Collections.unmodifiableList(path);
    }

    /**
     * A turn of any branch.
     *
     * @throws ConfabException if there is none with this number
     */
    public Turn turn(int number) {
        return find(number)
                .orElseThrow(() -> new ConfabException("conversation " + id + " has no turn " + number
                        + (turns.isEmpty()
                                ? "; nothing was said yet"
                                : "; its turns are " + turns.getFirst().id() + " to "
                                        + turns.getLast().id())));
    }

    /** The latest turn of the current branch by one of the speakers. */
    public Optional<Turn> latest(Speaker speaker) {
        return path().reversed().stream()
                .filter(turn -> turn.speaker() == speaker)
                .findFirst();
    }

    /** A turn and those that stand in its place in other branches, the oldest first. */
    public List<Turn> alternatives(int number) {
        int parent = turn(number).parent();
        return turns.stream().filter(turn -> turn.parent() == parent).toList();
    }

    /** The last turn of each branch, the oldest first. */
    public List<Turn> branches() {
        Set<Integer> followed = turns.stream().map(Turn::parent).collect(Collectors.toSet());
        return turns.stream().filter(turn -> !followed.contains(turn.id())).toList();
    }

    /** The number for the next turn. */
    int nextId() {
        return turns.isEmpty() ? 1 : turns.getLast().id() + 1;
    }

    /** The next turn of the current branch, not added yet. */
    Turn next(Speaker speaker, String text, Instant time, Map<String, String> details) {
        return new Turn(nextId(), current, speaker, text, time, details);
    }

    /**
     * With one more turn, which becomes the current one.
     *
     * @throws ConfabException if the turn that it follows is not there, or its number is not greater than all others
     */
    public Transcript with(Turn turn) {
        if (turn.parent() != 0) {
            turn(turn.parent());
        }
        if (turn.id() < nextId()) {
            throw numbersMustGrow(id, turn, nextId() - 1);
        }
        List<Turn> grown = new ArrayList<>(turns.size() + 1);
        grown.addAll(turns);
        grown.add(turn);
        return new Transcript(id, started, bounded(grown), turn.id());
    }

    /**
     * With a turn as the current end: what is said next follows it.
     *
     * @param number a turn, or 0 for the very beginning
     * @throws ConfabException if there is none with this number
     */
    public Transcript at(int number) {
        if (number != 0) {
            turn(number);
        }
        return new Transcript(id, started, turns, number);
    }

    /**
     * With the branch through a turn as the current one, up to the latest turn that follows it.
     *
     * @throws ConfabException if there is none with this number
     */
    public Transcript switchedTo(int number) {
        int end = turn(number).id();
        for (int next = latestChild(end); next != end; next = latestChild(end)) {
            end = next;
        }
        return at(end);
    }

    /** The transcript as JSON; {@code docs/chat.md} describes the format. */
    public String toJson() {
        return TranscriptJson.write(this);
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws ConfabException if it is no JSON, of another format, or its turns do not fit together
     */
    public static Transcript fromJson(String json) {
        return TranscriptJson.read(json);
    }

    /** The current branch for people: a line for each turn, with who said it. */
    public String toText() {
        var text = new StringBuilder();
        for (Turn turn : path()) {
            text.append(turn.isUser() ? "You: " : "Bot: ")
                    .append(turn.text().replace("\n", "\n     "))
                    .append('\n');
        }
        return text.toString();
    }

    private static ConfabException numbersMustGrow(String id, Turn turn, int last) {
        return new ConfabException(
                "conversation " + id + ": turn " + turn.id() + " comes after turn " + last + "; numbers must grow");
    }

    private int latestChild(int parent) {
        return turns.reversed().stream()
                .filter(turn -> turn.parent() == parent)
                .findFirst()
                .map(Turn::id)
                .orElse(parent);
    }

    private Optional<Turn> find(int number) {
        int low = 0;
        int high = turns.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Turn turn = turns.get(middle);
            if (turn.id() == number) {
                return Optional.of(turn);
            }
            if (turn.id() < number) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return Optional.empty();
    }

    /** Lets the oldest turns go; those that followed them become beginnings. */
    private static List<Turn> bounded(List<Turn> turns) {
        int excess = turns.size() - MOST_TURNS;
        if (excess <= 0) {
            return Collections.unmodifiableList(turns);
        }
        int gone = turns.get(excess - 1).id();
        return turns.stream()
                .skip(excess)
                .map(turn -> turn.parent() <= gone
                        ? new Turn(turn.id(), 0, turn.speaker(), turn.text(), turn.time(), turn.details())
                        : turn)
                .toList();
    }

    @Override
    public String toString() {
        return "conversation " + id + ", " + turns.size() + " turns, at turn " + current;
    }
}
