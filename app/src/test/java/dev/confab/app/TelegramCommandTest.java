package dev.confab.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.confab.telegram.BotApiServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class TelegramCommandTest {
    /** All options that gpt2bot ever had, of its present and its first form, with its values. */
    private static final String CHATBOT_CFG = """
            [general_params]
            device = -1
            seed
            debug = False

            [generation_pipeline_kwargs]
            model = microsoft/DialoGPT-medium
            config
            tokenizer
            framework

            [generator_kwargs]
            max_length = 1000
            min_length = 1
            do_sample = True
            early_stopping = False
            num_beams = 1
            num_beam_groups = 1
            diversity_penalty = 0.0
            temperature = 1
            top_k = 40
            top_p = 0.9
            repetition_penalty = 1
            length_penalty = 1
            no_repeat_ngram_size = 0
            pad_token_id
            bos_token_id
            eos_token_id = 50256
            bad_words_ids = [15, 16]
            num_return_sequences = 8
            decoder_start_token_id
            use_cache = True
            clean_up_tokenization_spaces = True

            # the ranker
            [prior_ranker_weights]
            human_vs_rand_weight = 0.5
            human_vs_machine_weight

            [cond_ranker_weights]
            updown_weight = 1
            depth_weight = 0.48
            width_weight = -0.45

            [chatbot_params]
            max_turns_history = 2
            telegram_token = 1:SECRET
            giphy_token = SECRET
            giphy_prob = 0.1
            giphy_max_words = 3
            giphy_weirdness = 5
            continue_after_restart = True
            data_filename = bot_data.pkl

            [model]
            data_folder = models
            model_size = small
            dataset = multiref
            from_scratch = False
            no_cuda = True
            use_mmi = True
            typical_nonsense = 3
            """;

    @TempDir
    Path folder;

    @Test
    void everyOptionOfGpt2botIsTakenOverOrNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("chatbot.cfg"), CHATBOT_CFG);

        Gpt2botConfig config = Gpt2botConfig.read(file);

        List<String> keys = CHATBOT_CFG
                .lines()
                .filter(line -> line.matches("[a-z].*"))
                .map(line -> line.split("\\s*=", 2)[0])
                .toList();
        assertThat(keys)
                .hasSize(48)
                .allSatisfy(key -> assertThat(config.options().containsKey(key)
                                || config.notes().stream().anyMatch(note -> note.startsWith(key + ":"))
                                || List.of(
                                                "model_size",
                                                "num_return_sequences",
                                                "giphy_prob",
                                                "giphy_max_words",
                                                "giphy_weirdness")
                                        .contains(key))
                        .as(key)
                        .isTrue());
        assertThat(option(config, "candidates").intValue()).isEqualTo(8);
        assertThat(option(config, "gif_probability").doubleValue()).isEqualTo(0.1);
        assertThat(option(config, "gif_words").intValue()).isEqualTo(3);
        assertThat(option(config, "model").stringValue()).isEqualTo("microsoft/DialoGPT-small");
        assertThat(option(config, "memory").intValue()).isEqualTo(120);
        assertThat(option(config, "bad_words_ids").toString()).isEqualTo("[[15],[16]]");
        assertThat(option(config, "rank").stringValue()).isEqualTo("dialogrpt");
        assertThat(config.notes()).anyMatch(note -> note.startsWith("typical_nonsense: not known"));
        System.out.println(keys.size() + " options of gpt2bot: "
                + config.options().size() + " taken over, " + config.notes().size() + " named");
    }

    @Test
    void whatIsWrittenIsAConfigurationThatIsReadAgain() throws Exception {
        Path file = Files.writeString(folder.resolve("chatbot.cfg"), CHATBOT_CFG);

        Shell.Result imported = new Shell().run("telegram", "--import-gpt2bot", file.toString());

        assertThat(imported.exitCode()).isZero();
        assertThat(imported.out()).contains("top_p: 0.9").doesNotContain("SECRET");
        assertThat(imported.err()).contains("telegram_token: not needed").doesNotContain("SECRET");
        Path yaml = Files.writeString(folder.resolve("confab.yaml"), imported.out());
        Shell.Result started = new Shell().run("telegram", "--config", yaml.toString());
        assertThat(started.exitCode()).isEqualTo(2);
        assertThat(started.err()).contains("@BotFather");
    }

    @Test
    void anotherKindOfFileIsRefusedWithItsLine() throws Exception {
        Path file = Files.writeString(folder.resolve("chatbot.cfg"), "top_p: 0.9\n");

        Shell.Result result = new Shell().run("telegram", "--import-gpt2bot", file.toString());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).hasLineCount(1).contains("chatbot.cfg:1", "[chatbot_params]");
    }

    @Test
    void withoutATokenItSaysWhereToGetOne() {
        Shell.Result result = new Shell().run("telegram");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).hasLineCount(1).contains("TELEGRAM_BOT_TOKEN", "--token-file", "/newbot");
    }

    @Test
    void aTokenThatIsNoneIsNotShown() {
        Shell.Result result = new Shell().with("TELEGRAM_BOT_TOKEN", "mysecret").run("telegram");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).hasLineCount(1).doesNotContain("mysecret");
    }

    @Test
    void aWebhookNeedsItsSecret() {
        Shell.Result result = new Shell()
                .with("TELEGRAM_BOT_TOKEN", "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw")
                .run(
                        "telegram",
                        "--model",
                        Shell.TINY,
                        "--data",
                        folder.toString(),
                        "--webhook",
                        "https://bot.example.org/telegram");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("--webhook-secret-file");
    }

    @Test
    void healthAndMetricsAreWhereTheOperatorWantsThem() {
        try (var telegram = new BotApiServer();
                RunningCommand bot = RunningCommand.start(
                        folder,
                        Map.of("TELEGRAM_BOT_TOKEN", BotApiServer.SECRET),
                        Pattern.compile("Health and metrics are at (\\S+)\\."),
                        "telegram",
                        "--model",
                        Shell.TINY,
                        "--api-url",
                        telegram.url().toString(),
                        "--kernels",
                        "scalar",
                        "--threads",
                        "1",
                        "--metrics-listen",
                        "127.0.0.1:0")) {
            assertThat(bot.err()).contains("Ctrl-C ends it.\nComputing with scalar kernels, 1 thread.\n");
            telegram.says(7, "Hello!");
            await().atMost(Duration.ofMinutes(1)).until(() -> telegram.texts(7).size() == 1);

            assertThat(bot.get("/health/live")).isEqualTo("{\"status\":\"up\"}");
            assertThat(bot.get("/health/ready")).isEqualTo("{\"status\":\"up\"}");
            await().untilAsserted(() -> assertThat(bot.get("/metrics"))
                    .contains("confab_replies_total{source=\"model\"} 1.0")
                    .contains("confab_telegram_updates_total 1.0")
                    .contains("confab_batch_running")
                    .contains("confab_cache_capacity_bytes"));
            assertThat(bot.stop()).isZero();
        }
    }

    @Test
    void aTokenThatIsRevokedEndsItWithAnError() {
        try (var telegram = new BotApiServer();
                var log = LogLines.begin();
                RunningCommand bot = RunningCommand.start(
                        folder,
                        Map.of("TELEGRAM_BOT_TOKEN", BotApiServer.SECRET),
                        Pattern.compile("@\\w+ is on Telegram: (\\S+)"),
                        "telegram",
                        "--model",
                        Shell.TINY,
                        "--api-url",
                        telegram.url().toString())) {
            telegram.revoke();

            assertThat(bot.result()).isEqualTo(1);
            assertThat(log.lines())
                    .filteredOn(line -> line.startsWith("ERROR"))
                    .singleElement()
                    .asString()
                    .contains("does not know the bot's token any more", "BotFather");
        }
    }

    @Test
    void anAddressForMetricsThatIsNoneIsOneLine() {
        Shell.Result result = new Shell().run("telegram", "--metrics-listen", "9090");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).hasLineCount(1).contains("--metrics-listen 9090", "127.0.0.1:");
    }

    private static JsonNode option(Gpt2botConfig config, String name) {
        return Objects.requireNonNull(config.options().get(name), name);
    }
}
