package dev.confab.dialogue.guard;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Objects to more than five marks in a row; of a row that may become one, all from the fourth on is held back. */
final class EndlessPunctuation implements ReplyGuard {
    private static final Pattern TOO_MANY = Pattern.compile("(?:\\p{P}\\s?){6}");
    private static final Pattern AT_THE_END = Pattern.compile("\\p{P}\\s?\\p{P}\\s?\\p{P}\\s?([\\p{P}\\s]*)$");

    @Override
    public Optional<String> objection(String reply, GuardContext context) {
        return hopeless(reply) ? Optional.of("endless punctuation") : Optional.empty();
    }

    @Override
    public boolean hopeless(String unfinished) {
        return TOO_MANY.matcher(unfinished).find();
    }

    @Override
    public int certain(String unfinished, GuardContext context) {
        String tail = unfinished.substring(Math.max(0, unfinished.length() - 16));
        Matcher end = AT_THE_END.matcher(tail);
        return end.find() ? unfinished.length() - tail.length() + end.start(1) : unfinished.length();
    }
}
