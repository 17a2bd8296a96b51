package dev.confab.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.confab.dialogue.Chatbot;
import dev.confab.engine.LanguageModel;
import dev.confab.engine.ModelOptions;
import dev.confab.engine.generation.GenerationConfig;
import dev.confab.engine.generation.GenerationOption;
import dev.confab.engine.tensor.KernelSets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Pattern;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TerminalChatTest {
    private static final String CTRL_C = "\u0003";
    private static final String CTRL_D = "\u0004";
    private static final String ARROW_UP = "\u001b[A";

    @TempDir
    Path folder;

    private final LanguageModel model = LanguageModel.fromPretrained(Shell.TINY);
    private final Screen screen = new Screen();
    private final PipedOutputStream keyboard = new PipedOutputStream();
    private Terminal terminal;

    @BeforeEach
    void openATerminal() throws IOException {
        terminal = new ExternalTerminal("test", "ansi", new PipedInputStream(keyboard), screen, StandardCharsets.UTF_8);
    }

    @AfterEach
    void closeIt() throws IOException {
        terminal.close();
        model.close();
    }

    @Test
    void aLineGetsAReplyAndCtrlDEnds() throws Exception {
        Thread chat = start(GenerationConfig.empty());
        type("hi\r");
        awaitOnScreen("Bot: ", 1);
        awaitOnScreen("You: ", 2);
        type(CTRL_D);

        chat.join();
        assertThat(shown())
                .contains("You are talking to tiny. /help lists", "Computing with scalar kernels, 1 thread.");
    }

    @Test
    void ctrlCStopsTheReplyAndNotTheProgram() throws Exception {
        screen.whenShown("Bot: ", () -> terminal.raise(Terminal.Signal.INT));
        Thread chat = start(GenerationConfig.builder()
                .set(GenerationOption.EOS_TOKEN_ID, List.of()) // no token ends this reply
                .build());
        type("hi\r");
        awaitOnScreen("[stopped]", 1);
        awaitOnScreen("You: ", 2);
        type("/exit\r");

        chat.join();
    }

    @Test
    void ctrlCTwiceAtAnEmptyPromptEnds() throws Exception {
        Thread chat = start(GenerationConfig.empty());
        awaitOnScreen("You: ", 1);
        type("never mind" + CTRL_C);
        awaitOnScreen("You: ", 2);
        type(CTRL_C);
        awaitOnScreen("Ctrl-C again ends the chat", 1);
        type(CTRL_C);

        chat.join();
    }

    @Test
    void whatWasTypedComesBackWithTheArrowAndInTheNextChat() throws Exception {
        Thread chat = start(GenerationConfig.empty());
        type("/help\r");
        awaitOnScreen("forget what was said", 1);
        type(ARROW_UP + "\r");
        awaitOnScreen("forget what was said", 2);
        type("/exit\r");
        chat.join();

        assertThat(folder.resolve("data/chat-history")).content().contains("/help");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("data/chat-history"))))
                .isEqualTo("rw-------");
    }

    private Thread start(GenerationConfig config) {
        return Thread.ofPlatform().start(() -> {
            try (Chatbot bot = Chatbot.of(model, config)) {
                ModelOptions how = ModelOptions.defaults()
                        .withKernels(KernelSets.of("scalar"))
                        .withThreads(1);
                new TerminalChat(bot, terminal, folder.resolve("data/chat-history"))
                        .run(ChatNotices.welcome("tiny", how));
            }
        });
    }

    private void type(String keys) throws IOException {
        keyboard.write(keys.getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
    }

    private void awaitOnScreen(String text, int times) {
        await().until(() -> shown().split(Pattern.quote(text), -1).length > times);
    }

    private String shown() {
        return screen.toString(StandardCharsets.UTF_8);
    }

    /** Keeps what is shown, and does something as soon as a text is. */
    private static final class Screen extends ByteArrayOutputStream {
        private String awaited = "";
        private Runnable action = () -> {};

        void whenShown(String text, Runnable run) {
            awaited = text;
            action = run;
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            look();
        }

        @Override
        public synchronized void write(int oneByte) {
            super.write(oneByte);
            look();
        }

        private void look() {
            if (!awaited.isEmpty() && toString(StandardCharsets.UTF_8).contains(awaited)) {
                awaited = "";
                action.run();
            }
        }
    }
}
