package dev.confab.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.engine.Fixtures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ChatCommandTest {
    @TempDir
    Path folder;

    @Test
    void eachLineOfAPipeIsATurnAndOnlyRepliesComeOut() {
        JsonNode chat = Fixtures.golden("chat-tiny-a").at("/chats/6");
        assertThat(chat.get("id").stringValue()).isEqualTo("chat1-greedy-max120");
        String first = chat.at("/turns/0/reply").stringValue();
        String second = chat.at("/turns/1/reply").stringValue();
        String lines = chat.at("/turns/0/user").stringValue() + "\n\n"
                + chat.at("/turns/1/user").stringValue() + "\n";

        Shell.Result result = new Shell()
                .typing(lines)
                .run("chat", "--model", Shell.TINY, "--max-length", "120", "--weights", "f32", "--no-guards");

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
                        "source",
                        "finish_reason",
                        "tokens",
                        "prompt_tokens",
                        "reused_tokens",
                        "first_token_ms",
                        "total_ms");
        assertThat(result.err()).contains("/reset          forget", "did you mean /reset?");
    }

    @Test
    void theConversationCanBeLedByCommands() throws Exception {
        Path file = folder.resolve("talk.json");
        Shell.Result result = new Shell()
                .typing("hi\n/retry\n/why\n/stats\n/branches\n/edit hello there\n/undo\n/set temperature 0.7\n/set\n"
                        + "/set temprature 1\n/set temperature hot\n/set temperature -1\n/persona\n/persona captain\n"
                        + "/persona nobody\n/save " + file + "\n/load " + file + "\n/switch 1\n/switch x\n/edit\nhi\n")
                .run(
                        "chat",
                        "--model",
                        Shell.TINY,
                        "--do-sample",
                        "--max-new-tokens",
                        "8",
                        "--json",
                        "--candidates",
                        "3");

        assertThat(result.exitCode()).isZero();
        assertThat(result.documents()).hasSize(4);
        assertThat(result.err())
                .contains(
                        "from: model",
                        "likelihood 0.",
                        "attempts",
                        "* 3  ",
                        "taken back: hello there",
                        "temperature is 0.7 now",
                        "temperature=0.7",
                        "did you mean temperature?",
                        "temperature",
                        "captain    a retired sea captain",
                        "the chatbot is Captain Mara now",
                        "the persona nobody cannot be read",
                        "saved in ",
                        "You: hi\nBot: ",
                        "/switch needs the number",
                        "/edit needs what");
        assertThat(file).content().contains("\"format\" : \"confab-conversation\"");
    }

    @Test
    void skillsAndFiltersAnswerBeforeTheModel() {
        Shell.Result result = new Shell()
                .typing("what is 6 times 7\nhow do I build a bomb\n")
                .run("chat", "--model", Shell.TINY, "--skills", "--filter", "kid-safe", "--json");
        Shell.Result unknown = new Shell().run("chat", "--model", Shell.TINY, "--filter", "strict");

        assertThat(result.documents())
                .extracting(document -> document.get("source").stringValue())
                .containsExactly("skill", "filter");
        assertThat(result.documents().get(0).get("text").stringValue()).contains("42");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("choose none, safe or kid-safe");
    }

    @Test
    void withoutAnythingSaidTheSafeFilterIsOnAndCriesForHelpAreAnsweredEvenWithNone() {
        String lines = "my mail is bob@example.org\nI want to kill myself\n";
        Shell.Result safe = new Shell()
                .typing(lines + "/why\n")
                .run("chat", "--model", Shell.TINY, "--json", "--max-new-tokens", "4");
        Shell.Result none = new Shell()
                .typing(lines + "/save " + folder.resolve("none.json") + "\n")
                .run("chat", "--model", Shell.TINY, "--json", "--filter", "none", "--max-new-tokens", "4");

        assertThat(List.of(safe, none)).allSatisfy(result -> {
            assertThat(result.documents().get(0).get("source").stringValue()).isNotEqualTo("filter");
            assertThat(result.documents().get(1).get("source").stringValue()).isEqualTo("filter");
            assertThat(result.documents().get(1).get("text").stringValue()).contains("https://findahelpline.com");
        });
        assertThat(safe.err()).contains("crisis message");
        assertThat(folder.resolve("none.json")).content().contains("bob@example.org");
    }

    @Test
    void wordsOfAListAreRefused() throws Exception {
        Path list = Files.writeString(folder.resolve("ours.txt"), "# ours\nrhubarb*\n");
        Path broken = Files.writeString(folder.resolve("broken.txt"), "fine\nre:(\n");
        Shell.Result result = new Shell()
                .typing("I like rhub@rb pie\n/why\n")
                .run("chat", "--model", Shell.TINY, "--word-list", list.toString(), "--json");
        Shell.Result unreadable = new Shell().run("chat", "--model", Shell.TINY, "--word-list", broken.toString());

        assertThat(result.documents())
                .singleElement()
                .satisfies(document ->
                        assertThat(document.get("source").stringValue()).isEqualTo("filter"));
        assertThat(result.err()).contains("word list 'ours'");
        assertThat(unreadable.exitCode()).isEqualTo(1);
        assertThat(unreadable.err()).contains("broken.txt:2");
    }

    @Test
    void skillsOfAFileAnswerAndSayWhatTheyCannotReach() throws Exception {
        Path file = Files.writeString(folder.resolve("skills.yaml"), """
                network: [weather]
                timeout-seconds: 1
                addresses: {geocoding: 'http://127.0.0.1:9', weather: 'http://127.0.0.1:9'}
                """);
        Shell.Result result = new Shell()
                .typing("what is 6 times 7\nwhat's the weather in Oslo?\n")
                .run("chat", "--model", Shell.TINY, "--skills", file.toString(), "--json");
        Shell.Result missing = new Shell().run("chat", "--model", Shell.TINY, "--skills", "none.yaml");

        assertThat(result.documents())
                .extracting(document -> document.get("source").stringValue())
                .containsExactly("skill", "skill");
        assertThat(result.documents().get(1).get("text").stringValue()).contains("can't reach the weather service");
        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.err()).hasLineCount(1).contains("none.yaml does not exist");
    }

    @Test
    void whatThePersonToldIsSummarizedAndEarlierTurnsComeBack() {
        String lines =
                "My name is Ada. I live in Bristol.\n" + "Is it raining?\n".repeat(12) + "Do you know Bristol?\n";
        Shell.Result plain = new Shell().typing(lines).run("chat", "--model", Shell.TINY, "--json", "--memory", "60");
        Path file = folder.resolve("recalled.json");
        Shell.Result recalling = new Shell()
                .typing(lines + "/save " + file + "\n")
                .run("chat", "--model", Shell.TINY, "--json", "--memory", "60", "--summary", "30", "--recall", "2");

        assertThat(plain.documents()).hasSize(14);
        assertThat(recalling.documents()).hasSize(14);
        assertThat(file).content().contains("\"recalled\" : \"1,2\"");
        assertThat(recalling.documents().get(12).get("prompt_tokens"))
                .as("with the summary in it")
                .isNotEqualTo(plain.documents().get(12).get("prompt_tokens"));
    }

    @Test
    void memoryThatCannotBeIsAMistakeOfUsage() {
        assertThat(List.of("--memory=0", "--summary=-1", "--summary=400", "--recall=101"))
                .allSatisfy(option -> {
                    Shell.Result result = new Shell().run("chat", "--model", Shell.TINY, option);
                    assertThat(result.exitCode()).isEqualTo(2);
                    assertThat(result.err()).hasLineCount(1).contains(option.replace('=', ' ') + ": choose ");
                });
    }

    @Test
    void aConversationThatCannotBeSavedIsSaid() {
        Shell.Result result = new Shell()
                .typing("/save " + folder.resolve("no/such/folder/talk.json") + "\nhi\n")
                .run("chat", "--model", Shell.TINY, "--json");

        assertThat(result.err()).contains("talk.json: the conversation cannot be written here");
        assertThat(result.documents()).hasSize(1);
    }

    @Test
    void twoChatbotsTalkToEachOther() {
        Shell.Result result = new Shell()
                .run(
                        "chat",
                        "--model",
                        Shell.TINY,
                        "--self",
                        "--turns",
                        "5",
                        "--persona",
                        "captain",
                        "--max-new-tokens",
                        "6",
                        "--json");

        assertThat(result.documents()).hasSize(5);
        assertThat(result.documents().get(0).get("text").stringValue()).isEqualTo("Hello! How are you?");
        assertThat(result.documents())
                .extracting(document -> document.get("speaker").stringValue())
                .containsExactly("Second", "Captain Mara", "Second", "Captain Mara", "Second");
    }

    @Test
    void rankersAreChosenByName() {
        Shell.Result likely = new Shell()
                .typing("hi\n/why\n")
                .run(
                        "chat",
                        "--model",
                        Shell.TINY,
                        "--candidates",
                        "4",
                        "--rank",
                        "mmi:2,variety",
                        "--ranker-model",
                        "mmi=" + Shell.TINY,
                        "--max-new-tokens",
                        "8");
        Shell.Result unknown = new Shell().run("chat", "--model", Shell.TINY, "--rank", "best");
        Shell.Result backward = new Shell().run("chat", "--model", Shell.TINY, "--rank", "mmi");
        Shell.Result weight = new Shell().run("chat", "--model", Shell.TINY, "--rank", "variety:much");
        Shell.Result many = new Shell().run("chat", "--model", Shell.TINY, "--candidates", "65");

        assertThat(likely.err()).contains("mmi 0.").contains("variety ");
        assertThat(List.of(unknown, backward, weight, many))
                .allSatisfy(result -> assertThat(result.exitCode()).isEqualTo(2));
        assertThat(unknown.err()).contains("no such ranker");
        assertThat(backward.err()).contains("train --reverse");
        assertThat(weight.err()).contains("'much' is no weight");
        assertThat(many.err()).contains("choose 1 to 64");
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
