package dev.confab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {
    @TempDir
    Path folder;

    private String data = "";
    private String output = "";

    @BeforeEach
    void writeDialogues() throws IOException {
        data = Files.writeString(
                        folder.resolve("chats.jsonl"),
                        "{\"turns\": [\"hello\", \"the cat sat\"]}\n{\"turns\": [\"you\", \"me\"]}\n".repeat(60))
                .toString();
        output = folder.resolve("bot").toString();
    }

    @Test
    void aNewModelIsTrainedAndTalks() {
        Shell.Result trained = new Shell()
                .run(
                        "train",
                        "--tokenizer",
                        Shell.TOKENIZER,
                        "--data",
                        data + "=1,2",
                        "--output",
                        output,
                        "--layers",
                        "1",
                        "--hidden-size",
                        "32",
                        "--heads",
                        "2",
                        "--context",
                        "64",
                        "--batch-tokens",
                        "256",
                        "--epochs",
                        "40",
                        "--learning-rate",
                        "0.01",
                        "--threads",
                        "1");
        assertThat(trained.err()).contains("120 dialogues").contains("nothing is put aside");
        assertThat(trained.exitCode()).isZero();
        assertThat(trained.out()).contains("trained, step");

        Shell.Result said = new Shell().typing("hello\n").run("chat", "--model", output);
        assertThat(said.out()).isEqualTo("the cat sat\n");
    }

    @Test
    void aModelIsFineTunedByAConfigurationFile() throws IOException {
        Path config = Files.writeString(folder.resolve("recipe.yaml"), """
                model: %s
                data: ["%s=0.5"]
                validation_share: 0.1
                output: %s
                epochs: 1
                batch_tokens: 128
                loss_on: bot-turns
                gradient_checkpointing: true
                dropout: 0.1
                """.formatted(Shell.TINY, data, output));
        Shell.Result trained = new Shell().run("train", "--config", config.toString());
        assertThat(trained.err()).contains("seen 0.5 times an epoch").doesNotContain("Exception");
        assertThat(trained.exitCode()).isZero();
        assertThat(Path.of(output)).isDirectoryContaining("glob:**/model.safetensors");
    }

    @Test
    void anAdapterIsTrainedAndTalksLikeAModel() {
        Shell.Result trained = new Shell()
                .run(
                        "train",
                        "--model",
                        Shell.TINY,
                        "--lora-rank",
                        "4",
                        "--lora-targets",
                        "c_attn,c_fc",
                        "--data",
                        data,
                        "--output",
                        output,
                        "--epochs",
                        "30",
                        "--learning-rate",
                        "0.03",
                        "--batch-tokens",
                        "256",
                        "--validation-share",
                        "0",
                        "--threads",
                        "1");
        assertThat(trained.exitCode()).as(trained.err()).isZero();
        assertThat(Path.of(output))
                .isDirectoryContaining("glob:**/adapter_model.safetensors")
                .isDirectoryNotContaining("glob:**/model.safetensors");

        Shell.Result said = new Shell().typing("hello\n").run("chat", "--model", output);
        assertThat(said.out()).isEqualTo("the cat sat\n");
        assertUsage(
                "--lora-rank needs --model",
                "train",
                "--tokenizer",
                Shell.TOKENIZER,
                "--lora-rank",
                "4",
                "--data",
                data,
                "--output",
                output + "2");
    }

    @Test
    void brokenLinesAreSkippedWithFileAndLineOrEndTheRun() throws IOException {
        Files.writeString(Path.of(data), "{\"turns\": [\"hel\n", StandardOpenOption.APPEND);
        String[] arguments = {
            "train",
            "--model",
            Shell.TINY,
            "--data",
            data,
            "--output",
            output,
            "--epochs",
            "0.1",
            "--batch-tokens",
            "128"
        };
        Shell.Result skipped = new Shell().run(arguments);
        assertThat(skipped.err()).contains("chats.jsonl:121: skipped").contains("1 broken lines skipped");
        assertThat(skipped.exitCode()).isZero();

        Shell.Result failed = new Shell()
                .with("CONFAB_BROKEN_LINES", "fail")
                .with("CONFAB_RESUME", "true")
                .run(arguments);
        assertThat(failed.err()).contains("chats.jsonl:121");
        assertThat(failed.exitCode()).isEqualTo(1);
    }

    @Test
    void mistakesAreNamedBeforeAnythingIsWritten() {
        assertUsage("no data given", "train", "--model", Shell.TINY, "--output", output);
        assertUsage("no output given", "train", "--model", Shell.TINY, "--data", data);
        assertUsage("nothing to begin with", "train", "--data", data, "--output", output);
        assertUsage(
                "exclude each other",
                "train",
                "--model",
                Shell.TINY,
                "--tokenizer",
                Shell.TOKENIZER,
                "--data",
                data,
                "--output",
                output);
        assertUsage(
                "expected one of constant, linear, cosine, noam",
                "train",
                "--model",
                Shell.TINY,
                "--data",
                data,
                "--output",
                output,
                "--schedule",
                "cosin");
        assertUsage("'x' is no weight", "train", "--model", Shell.TINY, "--data", data + "=x", "--output", output);
        assertUsage(
                "--exclude (", "train", "--model", Shell.TINY, "--data", data, "--output", output, "--exclude", "(");
        assertThat(Path.of(output)).doesNotExist();
    }

    @Test
    void aMissingFileAndATooLongContextAreNamed() {
        Shell.Result missing =
                new Shell().run("train", "--model", Shell.TINY, "--data", data + ".gone", "--output", output);
        assertThat(missing.err()).contains("chats.jsonl.gone");
        assertThat(missing.exitCode()).isEqualTo(1);

        Shell.Result context =
                new Shell().run("train", "--model", Shell.TINY, "--data", data, "--output", output, "--context", "500");
        assertThat(context.err()).contains("context of 500 tokens").contains("128 positions");
    }

    private static void assertUsage(String message, String... arguments) {
        Shell.Result result = new Shell().run(arguments);
        assertThat(result.err()).contains(message);
        assertThat(result.exitCode()).isEqualTo(2);
    }
}
