package dev.confab.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Ends the packaged program by a signal while it trains. */
@DisabledOnOs(OS.WINDOWS)
class TrainInterruptionIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void aRunThatIsTerminatedSavesItsStateAndGoesOnWithoutLosingAStep() throws Exception {
        Files.writeString(
                folder.resolve("chats.jsonl"),
                "{\"turns\": [\"hello\", \"the cat sat\", \"on the mat\"]}\n".repeat(400));
        Path log = folder.resolve("bot/training-log.jsonl");

        Process first = train();
        await().atMost(PATIENCE)
                .until(() -> Files.exists(log) && Files.readAllLines(log).size() >= 3);
        first.destroy();
        first.waitFor();
        int before = Files.readAllLines(log).size();
        assertThat(folder.resolve("bot/training-state.safetensors")).exists();

        Process refused = train();
        assertThat(refused.waitFor()).isEqualTo(1);
        assertThat(folder.resolve("err")).content().contains("--resume");

        assertThat(train("--resume").waitFor())
                .as(Files.readString(folder.resolve("err")))
                .isZero();
        List<Integer> steps = steps(log);
        assertThat(steps)
                .hasSizeGreaterThan(before)
                .isEqualTo(IntStream.rangeClosed(1, steps.size()).boxed().toList());
    }

    private static List<Integer> steps(Path log) throws IOException {
        var steps = new ArrayList<Integer>();
        for (String line : Files.readAllLines(log)) {
            steps.add(JsonMapper.shared().readTree(line).path("step").asInt());
        }
        return steps;
    }

    private Process train(String... more) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-jar",
                Path.of("target", "confab.jar").toAbsolutePath().toString(),
                "train",
                "--tokenizer",
                Shell.TOKENIZER,
                "--data",
                "chats.jsonl",
                "--validation-share",
                "0",
                "--layers",
                "1",
                "--hidden-size",
                "32",
                "--heads",
                "2",
                "--context",
                "32",
                "--batch-tokens",
                "64",
                "--threads",
                "1",
                "--output",
                "bot"));
        command.addAll(List.of(more));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }
}
