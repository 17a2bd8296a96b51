package dev.confab.dialogue.guard;

import java.util.Optional;

/** Objects to what the person just said, given back; a single word, as in "Hello!", may be. */
final class Echo implements ReplyGuard {
    @Override
    public Optional<String> objection(String reply, GuardContext context) {
        String said = PlainText.of(context.said());
        return PlainText.words(said) > 1 && PlainText.of(reply).equals(said)
                ? Optional.of("echoes what was said")
                : Optional.empty();
    }

    @Override
    public int certain(String unfinished, GuardContext context) {
        String said = PlainText.of(context.said());
        boolean open = PlainText.words(said) > 1 && said.startsWith(PlainText.of(unfinished));
        return open ? 0 : unfinished.length();
    }
}
