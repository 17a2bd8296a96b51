package dev.confab.dialogue.guard;

import java.util.Optional;
import java.util.regex.Pattern;

/** Objects to replies without a word, a number, a smiley or any other sign than punctuation. */
final class EmptyReply implements ReplyGuard {
    private static final Pattern SAYS_SOMETHING =
            Pattern.compile("[\\p{L}\\p{N}\\p{So}]|[:;=xX8][-o']?[()DPpOo/|\\\\*3]|<3|\\^\\^");

    @Override
    public Optional<String> objection(String reply, GuardContext context) {
        return says(reply) ? Optional.empty() : Optional.of("empty reply");
    }

    @Override
    public int certain(String unfinished, GuardContext context) {
        return says(unfinished) ? unfinished.length() : 0;
    }

    private static boolean says(String text) {
        return SAYS_SOMETHING.matcher(text).find();
    }
}
