package dev.confab.dialogue.skill;

import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The skills of a chatbot, asked in their order; the first that has an answer gives it. Never throws: a skill that fails
 * apologises to the person, and the reason is in the log.
 *
 * <pre>{@code
 * Skills.offline().answer("what time is it in Tokyo?", SkillContext.ofSystem("1"));
 * // It's 11:05 PM on Saturday in Tokyo.
 * }</pre>
 *
 * <p>Immutable, usable from any thread.
 */
public final class Skills {
    private static final System.Logger LOG = System.getLogger(Skills.class.getName());
    private static final int LONGEST_QUESTION = 500;
    private static final String UNEXPECTED = "Sorry, something went wrong while I was working that out.";

    private final List<Skill> skills;

    private Skills(List<Skill> skills) {
        this.skills = List.copyOf(skills);
    }

    /** These skills, in this order. */
    public static Skills of(List<Skill> skills) {
        return new Skills(skills);
    }

    /** The skills that need no network: {@code clock}, {@code calculator}, {@code units}. */
    public static Skills offline() {
        return new Skills(List.of(new ClockSkill(), new UnitSkill(), new CalculatorSkill()));
    }

    /** No skills at all. */
    public static Skills none() {
        return new Skills(List.of());
    }

    /** These skills, and then others. */
    public Skills with(Skills others) {
        return new Skills(Stream.concat(skills.stream(), others.skills.stream()).toList());
    }

    /** Only those of these skills that have one of some names. */
    public Skills only(Collection<String> names) {
        return new Skills(
                skills.stream().filter(skill -> names.contains(skill.name())).toList());
    }

    /** The names of the skills, in their order. */
    public List<String> names() {
        return skills.stream().map(Skill::name).toList();
    }

    /**
     * Answers, if one of the skills is meant. May take as long as the slowest service that is asked.
     *
     * @param text what the person said; one longer than 500 characters means no skill
     * @param context where and when it was said
     */
    public Optional<SkillAnswer> answer(String text, SkillContext context) {
        if (text.length() > LONGEST_QUESTION) {
            return Optional.empty();
        }
        return skills.stream()
                .flatMap(skill -> answer(skill, text, context).stream())
                .findFirst();
    }

    private static Optional<SkillAnswer> answer(Skill skill, String text, SkillContext context) {
        return recognise(skill, text).flatMap(arguments -> {
            try {
                return skill.answer(new SkillRequest(text, arguments, context))
                        .map(answer -> new SkillAnswer(skill.name(), answer, false));
            } catch (SkillException e) {
                LOG.log(Level.WARNING, "skill '" + skill.name() + "' failed: " + e.getMessage(), e.getCause());
                return Optional.of(new SkillAnswer(skill.name(), e.apology(), true));
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "skill '" + skill.name() + "' failed unexpectedly", e);
                return Optional.of(new SkillAnswer(skill.name(), UNEXPECTED, true));
            }
        });
    }

    /** A skill that fails before it recognised the sentence may not take the conversation over. */
    private static Optional<Map<String, String>> recognise(Skill skill, String text) {
        try {
            return skill.triggers().match(text);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "the triggers of skill '" + skill.name() + "' failed", e);
            return Optional.empty();
        }
    }
}
