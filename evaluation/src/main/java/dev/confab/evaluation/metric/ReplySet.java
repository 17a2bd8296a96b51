package dev.confab.evaluation.metric;

import dev.confab.engine.error.ConfabException;
import dev.confab.evaluation.text.DialogueCleaner;
import java.util.List;

/**
 * Replies to be measured and, reply by reply, what people answered. Immutable.
 *
 * @param replies the system's replies, at least one; a reply may be empty
 * @param references for each reply at least one reference; or an empty list where there are no references at all
 */
public record ReplySet(List<String> replies, List<List<String>> references) {
    /**
     * Copies the lists and checks that they fit each other.
     *
     * @throws ConfabException if there are no replies, not as many references as replies, or a reply has none
     */
    public ReplySet {
        replies = List.copyOf(replies);
        references = references.stream().map(List::copyOf).toList();
        if (replies.isEmpty()) {
            throw new ConfabException("there are no replies to measure");
        }
        if (!references.isEmpty() && references.size() != replies.size()) {
            throw new ConfabException("there are " + replies.size() + " replies and " + references.size()
                    + " lines of references; every reply needs the references of its own line");
        }
        for (int i = 0; i < references.size(); i++) {
            if (references.get(i).isEmpty()) {
                throw new ConfabException("reply " + (i + 1) + " has no reference; every reply needs at least one");
            }
        }
    }

    /** Replies without references, of which only diversity and length can be measured. */
    public static ReplySet withoutReferences(List<String> replies) {
        return new ReplySet(replies, List.of());
    }

    /** How many replies there are. */
    public int size() {
        return replies.size();
    }

    /** The same with every text cleaned by {@link DialogueCleaner}. */
    public ReplySet cleaned() {
        return new ReplySet(
                cleaned(replies), references.stream().map(ReplySet::cleaned).toList());
    }

    private static List<String> cleaned(List<String> texts) {
        return texts.stream().map(DialogueCleaner::clean).toList();
    }
}
