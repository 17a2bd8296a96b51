package dev.confab.skills;

import dev.confab.engine.error.ConfabException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A skill that calls a tool of an MCP server.
 *
 * @param name what the skill is called
 * @param tool the tool's name on its server
 * @param patterns regular expressions that mean it, with named groups
 * @param examples sentences that mean it, with slots
 * @param arguments the tool's arguments: values of any kind, texts with groups and slots in
 *     braces
 * @param answer what the chatbot says, with {@code {text}} where the tool's text belongs, and groups and slots in braces
 */
public record McpSkillConfig(
        String name,
        String tool,
        List<String> patterns,
        List<String> examples,
        Map<String, Object> arguments,
        String answer) {
    /**
     * Copies and checks.
     *
     * @throws ConfabException if there is nothing that means the skill, or a place in a template has no value
     */
    public McpSkillConfig {
        patterns = List.copyOf(patterns);
        examples = List.copyOf(examples);
        arguments = Map.copyOf(arguments);
        String where = "skill '%s'".formatted(name);
        if (patterns.isEmpty() && examples.isEmpty()) {
            throw new ConfabException(where + " has neither patterns nor examples, expected what people say to ask it");
        }
        Set<String> said = Said.names(patterns, examples);
        arguments.forEach((argument, value) -> {
            if (value instanceof String template) {
                new Template(template).require(said, "%s, argument '%s'".formatted(where, argument));
            }
        });
        Set<String> known = new HashSet<>(said);
        known.add("text");
        new Template(answer).require(known, where + ", answer");
    }
}
