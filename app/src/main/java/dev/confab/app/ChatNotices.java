package dev.confab.app;

import dev.confab.dialogue.Candidate;
import dev.confab.dialogue.Conversation;
import dev.confab.dialogue.Effort;
import dev.confab.dialogue.Reply;
import dev.confab.dialogue.Transcript;
import dev.confab.dialogue.Turn;
import dev.confab.dialogue.persona.Persona;
import dev.confab.engine.ModelOptions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the chat tells about itself. */
final class ChatNotices {
    private ChatNotices() {}

    /** What a chat begins with. */
    static String welcome(String model, ModelOptions how) {
        return "You are talking to " + model + ". /help lists what else you can do here; Ctrl-D ends.\n"
                + Computing.notice(how) + "\n";
    }

    /** How a reply came about. */
    static String why(Optional<Reply> last) {
        if (last.isEmpty()) {
            return "there is no reply to explain yet\n";
        }
        Reply reply = last.get();
        var text = new StringBuilder("from: " + reply.source().text() + ", ended by "
                + reply.finishReason().text() + "\n");
        for (Candidate candidate : reply.candidates()) {
            text.append(
                            candidate.rejected()
                                    ? "  ------  "
                                    : String.format(Locale.ROOT, "  %6.3f  ", candidate.score()))
                    .append(candidate.text().replace('\n', ' '))
                    .append(candidate.rejected() ? "  (" + candidate.rejection() + ")" : scores(candidate))
                    .append('\n');
        }
        reply.interventions()
                .forEach(intervention -> text.append("  ").append(intervention).append('\n'));
        return text.toString();
    }

    private static String scores(Candidate candidate) {
        return candidate.scores().entrySet().stream()
                .map(score -> String.format(Locale.ROOT, "%s %.3f", score.getKey(), score.getValue()))
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(", "), scores -> scores.isEmpty() ? "" : "  (" + scores + ")"));
    }

    /** What a reply cost. */
    static String stats(Optional<Reply> last, Conversation conversation) {
        if (last.isEmpty()) {
            return "there is no reply to measure yet\n";
        }
        Effort effort = last.get().effort();
        return String.format(
                Locale.ROOT,
                "turns        %d%nprompt       %d tokens, %d of them known from before, %d computed%n"
                        + "generated    %d tokens in %d attempts, %.1f per second%nfirst token  %d ms%ntotal        %d ms%n",
                conversation.turns().size(),
                effort.promptTokens(),
                effort.reusedTokens(),
                effort.computedTokens(),
                effort.generatedTokens(),
                effort.attempts(),
                effort.tokensPerSecond(),
                milliseconds(effort.firstToken()),
                milliseconds(effort.total()));
    }

    /** The ends of all branches. */
    static String branches(Transcript transcript) {
        List<Turn> branches = transcript.branches();
        if (branches.isEmpty()) {
            return "nothing was said yet\n";
        }
        return branches.stream()
                .map(turn -> (turn.id() == transcript.current() ? "* " : "  ") + turn.id() + "  "
                        + turn.text().replace('\n', ' ') + "\n")
                .collect(Collectors.joining());
    }

    /** Who the chatbot may be. */
    static String personas(Optional<Persona> current) {
        return current.map(persona -> "the chatbot is " + persona.name() + "\n").orElse("")
                + Persona.shipped().stream()
                        .map(name -> String.format(
                                "  %-10s %s%n", name, Persona.shipped(name).description()))
                        .collect(Collectors.joining())
                + "  none       nobody in particular\n";
    }

    private static long milliseconds(Duration duration) {
        return duration.toMillis();
    }
}
