package dev.confab.engine.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class GenerationConfigTest {
    private static final String EVERY_OPTION = """
            {"max_length": 100, "max_new_tokens": 5, "min_length": 3, "min_new_tokens": 2, "early_stopping": "never",
             "max_time": 2.5, "stop_strings": ["a", "b"], "do_sample": true, "num_beams": 4, "num_beam_groups": 2,
             "penalty_alpha": 0.5, "use_cache": false, "temperature": 0.5, "top_k": 7, "top_p": 0.5, "min_p": 0.25,
             "top_h": 0.5, "typical_p": 0.5, "epsilon_cutoff": 0.5, "eta_cutoff": 0.5, "diversity_penalty": 0.5,
             "repetition_penalty": 1.5, "encoder_repetition_penalty": 1.5, "length_penalty": -1.0,
             "no_repeat_ngram_size": 3, "encoder_no_repeat_ngram_size": 4, "bad_words_ids": [[1, 2], [3]],
             "force_words_ids": [[[1, 2], [3]], [[4]]], "renormalize_logits": true, "forced_bos_token_id": 1,
             "forced_eos_token_id": [1, 2], "remove_invalid_values": true,
             "exponential_decay_length_penalty": [5, 1.5], "suppress_tokens": [1, 2], "begin_suppress_tokens": [3, 4],
             "sequence_bias": [[[1, 2], -1.5]], "guidance_scale": 1.5, "prompt_lookup_num_tokens": 4,
             "max_matching_ngram_size": 3, "num_assistant_tokens": 6, "num_return_sequences": 2, "output_scores": true,
             "pad_token_id": 9, "bos_token_id": 8, "eos_token_id": [7, 6], "seed": 12345678901}
            """;

    @Test
    void everyOptionSurvivesReadingAndWriting(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("generation_config.json");
        Files.writeString(file, EVERY_OPTION);
        GenerationConfig config = GenerationConfigJson.read(file);
        assertThat(GenerationOption.all()).hasSize(46).allMatch(config::isSet);
        Path copy = folder.resolve("copy.json");
        GenerationConfigJson.write(config, copy);
        assertThat(json(Files.readString(copy))).isEqualTo(json(EVERY_OPTION));
        assertThat(GenerationConfigJson.read(copy)).isEqualTo(config);
    }

    @Test
    void aFileKeepsTheOptionsThatWeDoNotKnow(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("generation_config.json");
        Files.writeString(file, """
                {"_from_model_config": true, "transformers_version": "4.45.1", "eos_token_id": 50256, "top_p": null}
                """);
        GenerationConfig config = GenerationConfigJson.read(file);
        assertThat(config.eosTokenId()).containsExactly(50256);
        assertThat(config.isSet(GenerationOption.TOP_P)).isFalse();
        assertThat(GenerationConfigJson.toJson(config)
                        .get("transformers_version")
                        .asString())
                .isEqualTo("4.45.1");
    }

    @Test
    void whatTheUserSetsWinsOverTheFileAndTheRestOfTheFileStays() {
        GenerationConfig file =
                GenerationConfig.builder().maxLength(1000).topP(0.9).build();
        GenerationConfig user = GenerationConfig.builder().maxLength(20).build();
        GenerationConfig both = user.over(file);
        assertThat(both.maxLength()).isEqualTo(20);
        assertThat(both.topP()).isEqualTo(0.9);
        assertThat(both.isSet(GenerationOption.TOP_K)).isFalse();
        assertThat(both.topK()).isEqualTo(50);
    }

    @Test
    void aNullInARequestSwitchesTheModelsEndOfSequenceOff() {
        GenerationConfig request = request("{\"eos_token_id\": null, \"top_k\": null, \"prompt\": \"hello\"}");
        GenerationConfig model =
                GenerationConfig.builder().eosTokenId(511).topK(5).build();
        assertThat(request.over(model).eosTokenId()).isEmpty();
        assertThat(request.over(model).topK()).isZero();
    }

    @Test
    void anUnknownOptionInARequestIsRefusedByName() {
        assertThatThrownBy(() -> request("{\"max_tokens\": 3}"))
                .isInstanceOf(GenerationException.class)
                .hasMessageContaining("unknown option max_tokens")
                .hasMessageContaining("max_new_tokens");
    }

    @Test
    void aValueOfTheWrongKindIsRefusedWithTheNameTheValueAndWhatIsValid() {
        assertThatThrownBy(() -> request("{\"top_k\": \"many\"}"))
                .hasMessage("top_k is \"many\"; it must be a whole number");
        assertThatThrownBy(() -> request("{\"early_stopping\": \"always\"}"))
                .hasMessage("early_stopping is \"always\"; it must be true, false or \"never\"");
        assertThatThrownBy(() -> request("{\"bad_words_ids\": [5]}"))
                .hasMessage("bad_words_ids is [5]; it must be a list of lists of token ids");
    }

    @Test
    void valuesFromACommandLineAreParsed() {
        assertThat(GenerationOption.EARLY_STOPPING.parse("never")).isEqualTo(EarlyStopping.NEVER);
        assertThat(GenerationOption.EOS_TOKEN_ID.parse("[1, 2]")).containsExactly(1, 2);
        assertThat(GenerationOption.STOP_STRINGS.parse("10")).isEqualTo(List.of("10"));
        assertThat(GenerationOption.NO_REPEAT_NGRAM_SIZE.flag()).isEqualTo("--no-repeat-ngram-size");
        assertThatThrownBy(() -> GenerationOption.TOP_P.parse("much"))
                .hasMessage("top_p is \"much\"; it must be a number");
    }

    @Test
    void optionsWithoutEffectAreNamed() {
        assertThat(GenerationConfig.builder()
                        .temperature(0.3)
                        .lengthPenalty(2)
                        .build()
                        .warnings())
                .containsExactly(
                        "temperature is 0.3 but has no effect, since do_sample is false",
                        "length_penalty is 2.0 but has no effect, since num_beams is 1");
    }

    private static GenerationConfig request(String text) {
        return GenerationConfig.fromJson(json(text), Set.of("prompt"));
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
