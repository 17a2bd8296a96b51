package dev.confab.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.engine.Fixtures;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ChatCommandTest {
    @Test
    void eachLineOfAPipeIsATurnAndOnlyRepliesComeOut() {
        JsonNode chat = Fixtures.golden("chat-tiny-a").at("/chats/6");
        assertThat(chat.get("id").stringValue()).isEqualTo("chat1-greedy-max120");
        String first = chat.at("/turns/0/reply").stringValue();
        String second = chat.at("/turns/1/reply").stringValue();
        String lines = chat.at("/turns/0/user").stringValue() + "\n\n"
                + chat.at("/turns/1/user").stringValue() + "\n";

        Shell.Result result =
                new Shell().typing(lines).run("chat", "--model", Shell.TINY, "--max-length", "120", "--weights", "f32");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).isEqualTo(first + "\n" + second + "\n");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void aResetForgetsAndAnExitEnds() {
        Shell.Result result = new Shell()
                .typing("hi\n/reset\nhi\n/help\n/rest\n/exit\nhi\n")
                .run("chat", "--model", Shell.TINY, "--json");

        assertThat(result.documents()).hasSize(2);
        assertThat(result.documents().get(0).get("text"))
                .isEqualTo(result.documents().get(1).get("text"));
        assertThat(result.documents().get(0).propertyNames())
                .containsExactly(
                        "text",
                        "finish_reason",
                        "tokens",
                        "prompt_tokens",
                        "reused_tokens",
                        "first_token_ms",
                        "total_ms");
        assertThat(result.err()).contains("/reset   forget", "did you mean /reset?");
    }

    @Test
    void aLongTranscriptNeverFails() {
        Shell.Result result = new Shell()
                .typing("Do you like music?\n".repeat(40) + "word ".repeat(2000) + "\n")
                .run("chat", "--model", Shell.TINY, "--json", "--quiet");

        assertThat(result.exitCode()).isZero();
        assertThat(result.documents()).hasSize(41);
    }

    @Test
    void settingsThatCannotBeAreAMistakeOfUsage() {
        Shell.Result result = new Shell().run("chat", "--model", Shell.TINY, "--do-sample", "--temperature", "-1");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).hasLineCount(1).contains("temperature");
    }

    @Test
    void aModelWithoutATokenizerCannotChat() {
        String model = Fixtures.model("tiny-b/st-f32").toString();
        Shell.Result result = new Shell().typing("hi\n").run("chat", "--model", model);

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).hasLineCount(1).contains("tokenizer");
    }
}
