package dev.confab.app;

import dev.confab.dialogue.Chatbot;
import dev.confab.dialogue.Reply;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/** The chat without a terminal: each line of standard input is a turn, and standard output gets the replies alone. */
final class PipedChat implements Chat.Listener {
    private final Chatbot bot;
    private final Surroundings surroundings;
    private final boolean json;
    private final boolean quiet;

    PipedChat(Chatbot bot, Surroundings surroundings, boolean json, boolean quiet) {
        this.bot = bot;
        this.surroundings = surroundings;
        this.json = json;
        this.quiet = quiet;
    }

    /** Talks until the input ends. */
    void run() throws IOException {
        var lines = new BufferedReader(new InputStreamReader(surroundings.in(), StandardCharsets.UTF_8));
        try (var chat = new Chat(bot, this, this::notice)) {
            String line = lines.readLine();
            while (line != null && chat.take(line) == Chat.Next.GO_ON) {
                line = lines.readLine();
            }
        }
    }

    @Override
    public void onText(String part) {
        if (!json) {
            surroundings.out().print(part);
        }
    }

    @Override
    public void onReply(Reply reply) {
        if (json) {
            surroundings.out().printLine(document(reply));
        } else {
            surroundings.out().printLine("");
        }
    }

    private void notice(String text) {
        if (!quiet) {
            surroundings.err().print(text);
        }
    }

    private static ObjectNode document(Reply reply) {
        return Json.object()
                .put("text", reply.text())
                .put("source", reply.source().text())
                .put("finish_reason", reply.finishReason().text())
                .put("tokens", reply.tokens())
                .put("prompt_tokens", reply.promptTokens())
                .put("reused_tokens", reply.reusedTokens())
                .put("first_token_ms", milliseconds(reply.firstToken()))
                .put("total_ms", milliseconds(reply.total()));
    }

    private static double milliseconds(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
