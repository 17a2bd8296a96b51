package dev.confab.skills;

import dev.confab.dialogue.skill.Skill;
import dev.confab.dialogue.skill.SkillRequest;
import dev.confab.dialogue.skill.Triggers;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Asks any HTTP endpoint that answers JSON, as its {@link HttpSkillConfig} says.
 *
 * <p>Usable from any thread.
 */
final class HttpSkill implements Skill {
    private final HttpSkillConfig config;
    private final Triggers triggers;
    private final Map<String, String> headers;
    private final WebService service;

    HttpSkill(HttpSkillConfig config, Web web, Environment environment) {
        this.config = config;
        triggers = Triggers.of(config.patterns(), config.examples());
        headers = new HashMap<>();
        config.headers().forEach((name, value) -> headers.put(name, environment.fill(value, config.name())));
        service =
                web.service("the service for " + config.name(), Duration.ofSeconds(Math.max(1, config.cacheSeconds())));
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
        Map<String, String> said = request.arguments();
        String url = new Template(config.url()).fill(name -> Addresses.encoded(said.getOrDefault(name, "")));
        Map<String, String> known = new HashMap<>(said);
        Optional<JsonNode> json = service.json(URI.create(url), headers);
        boolean complete = json.isPresent();
        for (Map.Entry<String, String> value : config.values().entrySet()) {
            String text = json.map(answer -> text(answer.at(value.getValue()))).orElse("");
            complete &= !text.isBlank();
            known.put(value.getKey(), text);
        }
        String template = complete ? config.answer() : config.notFound();
        return Optional.of(new Template(template).fill(name -> known.getOrDefault(name, "")));
    }

    private static String text(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        return Sentences.shortened(value.isString() ? value.stringValue() : value.toString());
    }
}
