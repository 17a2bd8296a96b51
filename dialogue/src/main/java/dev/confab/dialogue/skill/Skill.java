package dev.confab.dialogue.skill;

import java.util.Optional;

/**
 * Something that a chatbot can look up or work out.
 *
 * <p>Implementations are usable from any thread.
 */
public interface Skill {
    /** A short name in lower case, such as {@code weather}, which switches the skill on and appears in the log. */
    String name();

    /** The sentences that mean this skill. */
    Triggers triggers();

    /**
     * Answers a sentence that one of the triggers recognised.
     *
     * @param request what is asked
     * @return one or two friendly sentences; empty if the sentence does not mean this skill after all
     * @throws SkillException if it cannot be answered
     */
    Optional<String> answer(SkillRequest request);
}
