package dev.confab.dialogue.skill;

import java.util.Map;
import java.util.Optional;

/**
 * What a skill is asked.
 *
 * @param text what the person said
 * @param arguments what a trigger found in it, by the name of its group or slot, such as {@code place}
 * @param context where and when it was said
 */
public record SkillRequest(String text, Map<String, String> arguments, SkillContext context) {
    /** Copies the arguments. */
    public SkillRequest {
        arguments = Map.copyOf(arguments);
    }

    /** An argument, if it was found and is not blank. */
    public Optional<String> argument(String name) {
        return Optional.ofNullable(arguments.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }
}
