package dev.confab.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process with a real database is killed, again and again, while it answers. */
class KilledBotTest {
    private static final int KILLS = 3;
    private static final int PEOPLE = 4;
    private static final int MESSAGES = 20;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private final BotApiServer server = new BotApiServer();
    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void close() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
        server.close();
    }

    /** Each time at the very moment when a reply has reached Telegram, before the process can know of it. */
    @Test
    void killedWhileItSendsItLosesNoMessageAndAnswersNoneTwice() throws Exception {
        for (int message = 1; message <= MESSAGES; message++) {
            server.says(1, "answer " + message);
        }

        for (int kill = 1; kill <= KILLS; kill++) {
            Process process = start();
            server.onReply(kill * MESSAGES / (KILLS + 1), process::destroyForcibly);
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        }
        start();

        await().atMost(PATIENCE).until(() -> server.texts(1).size() >= MESSAGES && server.unconfirmed() == 0);
        assertThat(server.texts(1))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, MESSAGES)
                        .mapToObj(String::valueOf)
                        .toList());
        System.out.println("killed " + KILLS + " times while sending: " + MESSAGES + " messages answered, once each");
    }

    /** All chats at once have a reply in the making when it is killed, and a message that waits. */
    @Test
    void killedWhileItThinksItAnswersEverybodyAfterwards() throws Exception {
        for (long person = 1; person <= PEOPLE; person++) {
            server.says(person, "answer " + BotProcess.SLOWLY);
            server.says(person, "answer next");
        }

        Process process = start(BotProcess.SLOWLY);
        await().atMost(PATIENCE).until(() -> server.calls("sendChatAction").size() >= PEOPLE);
        await().atMost(PATIENCE).until(() -> server.unconfirmed() == 0);
        process.destroyForcibly().waitFor();
        assertThat(server.calls("sendMessage")).isEmpty();
        start();

        for (long person = 1; person <= PEOPLE; person++) {
            long who = person;
            await().atMost(PATIENCE).until(() -> server.texts(who).size() >= 2);
            assertThat(server.texts(person)).containsExactly(BotProcess.SLOWLY, "next");
        }
        System.out.println(
                "killed while thinking: " + 2 * PEOPLE + " messages of " + PEOPLE + " people answered, once each");
    }

    private Process start(String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                BotProcess.class.getName(),
                server.url().toString(),
                folder.toString()));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output-" + processes.size()).toFile())
                .start();
        processes.add(process);
        return process;
    }
}
