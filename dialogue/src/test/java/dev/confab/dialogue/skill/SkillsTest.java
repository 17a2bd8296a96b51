package dev.confab.dialogue.skill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class SkillsTest {
    private static final SkillContext CONTEXT = SkillContext.ofSystem("1");

    @Test
    void theFirstSkillThatHasAnAnswerGivesIt() {
        Skills skills = Skills.of(List.of(
                skill("deaf", "hello", request -> Optional.of("never said")),
                skill("shy", "ping", request -> Optional.empty()),
                skill("bold", "ping", request -> Optional.of("pong")),
                skill("late", "ping", request -> Optional.of("too late"))));

        assertThat(skills.answer("ping", CONTEXT)).contains(new SkillAnswer("bold", "pong", false));
        assertThat(skills.answer("something else", CONTEXT)).isEmpty();
    }

    @Test
    void aFailureIsToldKindlyAndEndsTheSearch() {
        Skills skills = Skills.of(List.of(
                skill("weather", "ping", request -> {
                    throw new SkillException("I can't reach the weather service right now.", "timed out", null);
                }),
                skill("other", "ping", request -> Optional.of("pong"))));

        assertThat(skills.answer("ping", CONTEXT))
                .contains(new SkillAnswer("weather", "I can't reach the weather service right now.", true));
    }

    @Test
    void aSkillThatBreaksUnexpectedlyApologisesToo() {
        Skills skills = Skills.of(List.of(skill("broken", "ping", request -> {
            throw new IllegalStateException("bug");
        })));

        assertThat(skills.answer("ping", CONTEXT))
                .hasValueSatisfying(answer -> assertThat(answer.failed()).isTrue())
                .hasValueSatisfying(answer -> assertThat(answer.text()).startsWith("Sorry"));
    }

    @Test
    void aSkillWhoseTriggersBreakDoesNotTakeOver() {
        Skill broken = new Skill() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public Triggers triggers() {
                throw new IllegalStateException("bug");
            }

            @Override
            public Optional<String> answer(SkillRequest request) {
                return Optional.of("never said");
            }
        };
        Skills skills = Skills.of(List.of(broken))
                .with(Skills.of(List.of(skill("ping", "ping", request -> Optional.of("pong")))));

        assertThat(skills.answer("ping", CONTEXT)).contains(new SkillAnswer("ping", "pong", false));
    }

    @Test
    void aSpeechIsNoQuestion() {
        Skills skills = Skills.of(List.of(skill("any", ".*", request -> Optional.of("yes"))));

        assertThat(skills.answer("a".repeat(500), CONTEXT)).isPresent();
        assertThat(skills.answer("a".repeat(501), CONTEXT)).isEmpty();
    }

    @Test
    void skillsAreSwitchedOnByName() {
        assertThat(Skills.offline().names()).containsExactly("clock", "units", "calculator");
        assertThat(Skills.offline().only(List.of("clock")).names()).containsExactly("clock");
        assertThat(Skills.none().names()).isEmpty();
    }

    private static Skill skill(String name, String pattern, Function<SkillRequest, Optional<String>> answer) {
        Triggers triggers = Triggers.of(List.of(pattern), List.of());
        return new Skill() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Triggers triggers() {
                return triggers;
            }

            @Override
            public Optional<String> answer(SkillRequest request) {
                return answer.apply(request);
            }
        };
    }
}
