package dev.confab.skills;

import dev.confab.dialogue.skill.Skill;
import dev.confab.dialogue.skill.SkillRequest;
import dev.confab.dialogue.skill.Triggers;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Calls a tool of an MCP server, as its {@link McpSkillConfig} says.
 *
 * <p>Usable from any thread.
 */
final class McpSkill implements Skill {
    private final McpSkillConfig config;
    private final McpConnection server;
    private final Triggers triggers;

    McpSkill(McpSkillConfig config, McpConnection server) {
        this.config = config;
        this.server = server;
        triggers = Triggers.of(config.patterns(), config.examples());
    }

    @Override
    public String name() {
        return config.name();
    }

    @Override
    public Triggers triggers() {
        return triggers;
    }

    @Override
    public Optional<String> answer(SkillRequest request) {
        Map<String, Object> arguments = new HashMap<>();
        config.arguments().forEach((name, value) -> arguments.put(name, filled(value, request.arguments())));
        Map<String, String> known = new HashMap<>(request.arguments());
        known.put(
                "text",
                Sentences.shortened(server.call(config.tool(), arguments).strip()));
        return Optional.of(new Template(config.answer()).fill(name -> known.getOrDefault(name, "")));
    }

    private static Object filled(Object value, Map<String, String> said) {
        return value instanceof String template
                ? new Template(template).fill(name -> said.getOrDefault(name, ""))
                : value;
    }
}
