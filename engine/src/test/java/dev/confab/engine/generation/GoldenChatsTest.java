package dev.confab.engine.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.engine.Fixtures;
import dev.confab.engine.generation.logits.Golden;
import dev.confab.engine.model.Gpt2;
import dev.confab.engine.model.TestModels;
import dev.confab.engine.tokenizer.DecodeOption;
import dev.confab.engine.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Whole conversations in a session, which reads only what is new, against the reference, which reads everything. */
final class GoldenChatsTest {
    @ParameterizedTest
    @CsvSource({"tiny-a, small512, 24", "tiny-g, gpt2, 48"})
    void everyChatGivesTheReferencesReplies(String modelName, String tokenizerName, int chats) {
        Map<String, Integer> turns = new TreeMap<>();
        List<String> failures = new ArrayList<>();
        JsonNode golden = Fixtures.golden("chat-" + modelName).get("chats");
        try (Gpt2 model = TestModels.load(modelName + "/st-f32")) {
            Generator generator = Generator.of(model);
            Tokenizer tokenizer = Tokenizer.load(Fixtures.tokenizer(tokenizerName));
            for (JsonNode chat : golden) {
                chat(generator, tokenizer, chat, turns, failures);
            }
        }
        System.out.println("golden chats of " + modelName + ": " + golden.size() + ", turns " + turns);
        assertThat(failures).isEmpty();
        assertThat(golden).hasSize(chats);
    }

    private static void chat(
            Generator generator,
            Tokenizer tokenizer,
            JsonNode chat,
            Map<String, Integer> turns,
            List<String> failures) {
        GenerationConfig config = GenerationConfig.fromJson(chat.get("kwargs"), Set.of());
        int[] history = {};
        try (Session session = generator.newSession()) {
            for (JsonNode turn : chat.get("turns")) {
                int[] prompt = concat(history, Golden.ints(turn.get("user_ids")));
                String failure = turn(session, tokenizer, config, prompt, turn);
                turns.merge(turn.has("error") ? "refused" : "answered", 1, Integer::sum);
                if (failure != null) {
                    failures.add(chat.get("id").asString() + " " + turn.get("user") + ": " + failure);
                }
                history = turn.has("error") ? prompt : Golden.ints(turn.get("history_ids"));
            }
        }
    }

    private static @Nullable String turn(
            Session session, Tokenizer tokenizer, GenerationConfig config, int[] prompt, JsonNode turn) {
        if (turn.has("error")) {
            return refusal(session, config, prompt);
        }
        int cached = session.cachedTokens();
        GenerationResult result = session.generate(prompt, config);
        int[] reply = result.sequence().tokens();
        if (!Arrays.equals(reply, Golden.ints(turn.get("reply_ids")))) {
            return "gave " + Arrays.toString(reply) + ", expected " + turn.get("reply_ids");
        }
        boolean contrastive = config.mode() == GenerationMode.CONTRASTIVE_SEARCH;
        if (!contrastive && result.promptTokensReused() != cached) {
            return "reused " + result.promptTokensReused() + " of " + cached + " cached tokens";
        }
        String text = tokenizer.decode(reply, DecodeOption.SKIP_SPECIAL_TOKENS, DecodeOption.KEEP_SPACES);
        return text.equals(turn.get("reply").asString()) ? null : "the text is " + text;
    }

    private static @Nullable String refusal(Session session, GenerationConfig config, int[] prompt) {
        try {
            session.generate(prompt, config);
            return "accepted";
        } catch (GenerationException e) {
            boolean bothNumbers = String.valueOf(e.getMessage()).contains(Integer.toString(prompt.length))
                    && String.valueOf(e.getMessage()).contains(Integer.toString(config.maxLength()));
            return bothNumbers ? null : "refused without both numbers: " + e.getMessage();
        }
    }

    private static int[] concat(int[] left, int[] right) {
        int[] joined = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, joined, left.length, right.length);
        return joined;
    }
}
