package dev.confab.skills;

import dev.confab.dialogue.skill.Skill;
import dev.confab.dialogue.skill.Skills;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The skills of a configuration, connected to their services. Nothing is asked before somebody asks the chatbot.
 *
 * <pre>{@code
 * try (var connected = ConnectedSkills.open(SkillsConfig.read(Path.of("skills.yaml")))) {
 *     connected.skills().answer("what's the weather in Oslo?", context);
 * }
 * }</pre>
 *
 * <p>Usable from any thread. Closing it ends connections and the MCP servers that it started.
 */
public final class ConnectedSkills implements AutoCloseable {
    private final Web web;
    private final List<McpConnection> servers = new ArrayList<>();
    private final Skills skills;

    private ConnectedSkills(SkillsConfig config, Environment environment, Web web) {
        this.web = web;
        List<Skill> connected = new ArrayList<>();
        config.http().forEach(skill -> connected.add(new HttpSkill(skill, web, environment)));
        for (McpServerConfig server : config.mcp()) {
            var connection = new McpConnection(server, config.limits(), environment);
            servers.add(connection);
            server.skills().forEach(skill -> connected.add(new McpSkill(skill, connection)));
        }
        Skills offline = Skills.offline().only(config.offline());
        skills = Skills.of(connected).with(offline).with(Skills.of(network(config)));
    }

    /**
     * Opens the skills: the deployment's own first, then those without a network, then those with one.
     *
     * @throws dev.confab.engine.error.ConfabException if a pattern cannot be read, or a variable of the environment that
     *     a header needs is not set
     */
    public static ConnectedSkills open(SkillsConfig config) {
        return open(config, System.getenv());
    }

    /** Opens the skills with other variables of the environment. */
    static ConnectedSkills open(SkillsConfig config, Map<String, String> environment) {
        var web = new Web(config.limits(), config.contact());
        try {
            return new ConnectedSkills(config, new Environment(environment), web);
        } catch (RuntimeException e) {
            web.close();
            throw e;
        }
    }

    /** An encyclopedia has an answer to nearly everything, so it comes last. */
    private List<Skill> network(SkillsConfig config) {
        URI weather = config.address("weather");
        List<Skill> all = List.of(
                new WeatherSkill(web, config.address("geocoding"), weather, config.place()),
                new ExchangeRateSkill(web, config.address("exchange-rates")),
                new DictionarySkill(web, config.address("dictionary")),
                new EncyclopediaSkill(web, config.address("encyclopedia")));
        return all.stream()
                .filter(skill -> config.network().contains(skill.name()))
                .toList();
    }

    /** The skills, which work until this is closed. */
    public Skills skills() {
        return skills;
    }

    @Override
    public void close() {
        servers.forEach(McpConnection::close);
        web.close();
    }
}
