package dev.confab.dialogue;

import dev.confab.dialogue.guard.Guards;
import dev.confab.dialogue.skill.Skill;
import dev.confab.dialogue.skill.SkillRequest;
import dev.confab.dialogue.skill.Triggers;
import dev.confab.engine.Fixtures;
import dev.confab.engine.LanguageModel;
import dev.confab.engine.generation.GenerationConfig;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Tests of replies of a tiny model, and of what goes wrong with them. */
abstract class TinyChatbot {
    static LanguageModel model;

    final List<Incident> incidents = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void openTheModel() {
        model = LanguageModel.fromPretrained(Fixtures.model("tiny-a/st-f32").toString());
    }

    @AfterAll
    static void closeTheModel() {
        model.close();
    }

    ChatbotBuilder bot() {
        return Chatbot.builder()
                .model(model)
                .generation(GenerationConfig.builder()
                        .maxNewTokens(8)
                        .doSample(true)
                        .seed(3)
                        .build())
                .guards(Guards.defaults())
                .incidents(incidents::add);
    }

    static List<String> texts(Conversation conversation) {
        return conversation.turns().stream().map(Turn::text).toList();
    }

    static Skill skill(Function<SkillRequest, Optional<String>> answer) {
        return new Skill() {
            @Override
            public String name() {
                return "clock";
            }

            @Override
            public Triggers triggers() {
                return Triggers.of(List.of("what time is it"), List.of());
            }

            @Override
            public Optional<String> answer(SkillRequest request) {
                return answer.apply(request);
            }
        };
    }
}
