package dev.confab.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.engine.Fixtures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs each program as its reader would: in a process of its own, with the modules that it declares. */
class ExamplesTest {
    @TempDir
    Path folder;

    @Test
    void fiveLinesGetFiveReplies() throws Exception {
        String said = run("FiveLines", "hi\nwhy?\nLOL!!!\nno\nbye\n");

        assertThat(said.split(">> User:DialoGPT: ", -1)).hasSize(6);
    }

    @Test
    void aConversationHasTwoReplies() throws Exception {
        assertThat(run("Conversation", "").lines()).hasSizeGreaterThanOrEqualTo(2);
    }

    /** The tiny model has 128 positions: its settings keep five replies within them. */
    private Path modelOfFewWords() throws IOException {
        Path model = Files.createDirectories(folder.resolve("model"));
        try (Stream<Path> files = Files.list(Fixtures.model("tiny-a/st-f32"))) {
            for (Path file : files.toList()) {
                Files.copy(file, model.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.writeString(model.resolve("generation_config.json"), "{\"eos_token_id\": 511, \"max_new_tokens\": 8}");
        return model;
    }

    private String run(String program, String input) throws IOException, InterruptedException {
        Path typed = Files.writeString(folder.resolve("typed"), input);
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--module-path",
                System.getProperty("java.class.path"),
                "--add-modules",
                "jdk.incubator.vector",
                "--module",
                "dev.confab.examples/dev.confab.examples." + program,
                modelOfFewWords().toString());
        int exitCode = new ProcessBuilder(command)
                .redirectInput(typed.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start()
                .waitFor();
        assertThat(exitCode).as(Files.readString(err)).isZero();
        try (Stream<String> lines = Files.lines(out, StandardCharsets.UTF_8)) {
            return String.join("\n", lines.toList());
        }
    }
}
