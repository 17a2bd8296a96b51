package dev.confab.dialogue.guard;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * Objects to what the chatbot said before, whatever its case and punctuation. One or two words, such as "Yes.", may come
 * again later, but not twice running.
 */
final class RepeatedReply implements ReplyGuard {
    private static final int SHORT = 2;

    @Override
    public Optional<String> objection(String reply, GuardContext context) {
        String plain = PlainText.of(reply);
        return forbidden(context).anyMatch(plain::equals) ? Optional.of("repeats an earlier reply") : Optional.empty();
    }

    @Override
    public int certain(String unfinished, GuardContext context) {
        String plain = PlainText.of(unfinished);
        return forbidden(context).anyMatch(text -> text.startsWith(plain)) ? 0 : unfinished.length();
    }

    private static Stream<String> forbidden(GuardContext context) {
        Stream<String> latest = context.ownReplies().stream().limit(1).map(PlainText::of);
        Stream<String> earlier =
                context.ownReplies().stream().skip(1).map(PlainText::of).filter(text -> PlainText.words(text) > SHORT);
        Stream<String> former = context.formerReplies().stream().map(PlainText::of);
        return Stream.of(latest, earlier, former).flatMap(each -> each);
    }
}
