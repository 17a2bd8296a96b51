package dev.confab.app;

import dev.confab.dialogue.Chatbot;
import dev.confab.dialogue.Reply;
import dev.confab.engine.generation.FinishReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;

/**
 * The chat in a terminal: lines can be edited and come back with the arrow keys, replies appear as they are made.
 *
 * <p>Ctrl-C stops the reply and never the program; at an empty prompt a second one ends the chat, as Ctrl-D does.
 */
final class TerminalChat implements Chat.Listener {
    private static final String PROMPT = "You: ";
    private static final String NAME = "Bot: ";

    private final Chatbot bot;
    private final Terminal terminal;
    private final LineReader reader;
    private boolean speaking;

    TerminalChat(Chatbot bot, Terminal terminal, Path history) {
        this.bot = bot;
        this.terminal = terminal;
        this.reader = reader(terminal, history);
    }

    /** Talks until the person leaves. */
    void run(String welcome) {
        print(welcome);
        try (var chat = new Chat(bot, this, this::print)) {
            terminal.handle(Terminal.Signal.INT, _ -> chat.cancel());
            boolean leaving = false;
            while (true) {
                try {
                    if (chat.take(reader.readLine(PROMPT)) == Chat.Next.END) {
                        return;
                    }
                    leaving = false;
                } catch (UserInterruptException e) {
                    if (!e.getPartialLine().isEmpty()) {
                        continue;
                    }
                    if (leaving) {
                        return;
                    }
                    leaving = true;
                    print("Ctrl-C again ends the chat\n");
                } catch (EndOfFileException e) {
                    return;
                }
            }
        }
    }

    @Override
    public void onText(String part) {
        String visible = part.replaceAll("[\\p{Cntrl}&&[^\n\t]]", ""); // a model may not steer the terminal
        print(speaking ? visible : NAME + visible);
        speaking = true;
    }

    @Override
    public void onReply(Reply reply) {
        String end = reply.finishReason() == FinishReason.CANCELLED ? " [stopped]" : "";
        print((speaking ? "" : NAME + "[nothing]") + end + "\n");
        speaking = false;
    }

    private void print(String text) {
        terminal.writer().print(text);
        terminal.flush();
    }

    private static LineReader reader(Terminal terminal, Path history) {
        var plain = new DefaultParser();
        plain.setEscapeChars(new char[0]);
        plain.setQuoteChars(new char[0]);
        LineReaderBuilder builder = LineReaderBuilder.builder()
                .terminal(terminal)
                .parser(plain)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true);
        if (prepare(history)) {
            builder.variable(LineReader.HISTORY_FILE, history);
        }
        return builder.build();
    }

    /** Makes the file so that only its owner can read what was typed; without one the chat keeps no history. */
    private static boolean prepare(Path history) {
        try {
            Files.createDirectories(history.toAbsolutePath().resolveSibling(""));
            if (!Files.exists(history)) {
                Files.createFile(history);
                if (history.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                    Files.setPosixFilePermissions(history, PosixFilePermissions.fromString("rw-------"));
                }
            }
            return Files.isWritable(history);
        } catch (IOException e) {
            return false;
        }
    }
}
