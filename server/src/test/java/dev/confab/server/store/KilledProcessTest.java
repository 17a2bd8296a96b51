package dev.confab.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.ui.conversation.StoredConversation;
import dev.confab.ui.conversation.StoredMessage;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process was told to be kept is there after it is killed, without a chance to tidy up. */
final class KilledProcessTest {
    private static final int STEPS_BEFORE_THE_KILL = 60;

    @TempDir
    Path folder;

    @Test
    void everyTurnOfAKilledProcessIsInTheFile() throws Exception {
        String url = "sqlite:" + folder.resolve("confab.db");
        List<String> acknowledged = killWhileItWrites(url);

        assertKept(url, acknowledged);
        try (Database database = Database.open(DatabaseAddress.parse(url))) {
            assertThat(database.<String>read(handle -> handle.createQuery("pragma integrity_check")
                            .mapTo(String.class)
                            .one()))
                    .isEqualTo("ok");
        }
    }

    @Test
    void everyTurnOfAKilledProcessIsOnTheServer() throws Exception {
        String url = PostgresServer.newDatabase();

        assertKept(url, killWhileItWrites(url));
    }

    /** Returns what the process said before its end. */
    private List<String> killWhileItWrites(String url) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path", ""),
                        TurnWriter.class.getName(),
                        url)
                .redirectError(folder.resolve("errors.txt").toFile())
                .start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader = process.inputReader()) {
            String line;
            while ((line = reader.readLine()) != null) {
                lines.add(line);
                if (lines.size() == STEPS_BEFORE_THE_KILL) {
                    process.toHandle().destroyForcibly(); // the process itself would also close what is to be read
                }
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor()).as("killed, not ended").isNotZero();
        assertThat(folder.resolve("errors.txt")).isEmptyFile();
        assertThat(lines).hasSizeGreaterThanOrEqualTo(STEPS_BEFORE_THE_KILL);
        // The kill may have cut the last line.
        return lines.stream()
                .filter(line -> line.endsWith(" asked") || line.endsWith(" answered"))
                .toList();
    }

    private static void assertKept(String url, List<String> acknowledged) {
        try (Database database = Database.open(DatabaseAddress.parse(url))) {
            var store = new DatabaseConversationStore(database);
            Map<String, Map<String, StoredMessage>> kept = new HashMap<>();
            int turns = 0;
            for (String line : acknowledged) {
                String[] words = line.split(" ", -1);
                Map<String, StoredMessage> messages = kept.computeIfAbsent(
                        "c" + words[0],
                        id -> byId(store.load(TurnWriter.OWNER, id).orElseThrow()));
                int turn = Integer.parseInt(words[1]);
                StoredMessage reply = Objects.requireNonNull(messages.get("r" + turn), line);
                assertThat(messages.get("m" + turn)).as(line).isNotNull();
                if (words[2].equals("answered")) {
                    assertThat(reply.state()).as(line).isEqualTo(StoredMessage.State.DONE);
                    assertThat(reply.text()).as(line).isEqualTo(TurnWriter.text(turn));
                    turns++;
                }
            }
            System.out.println("killed after " + turns + " turns and " + acknowledged.size()
                    + " acknowledged steps: all kept in " + database.address());
            assertThat(turns).isPositive();
            assertThat(store.put(TurnWriter.OWNER, "c0", List.of(Samples.question("after", "", "still works"))))
                    .isTrue();
        }
    }

    private static Map<String, StoredMessage> byId(StoredConversation conversation) {
        return conversation.messages().stream().collect(Collectors.toMap(StoredMessage::id, Function.identity()));
    }
}
