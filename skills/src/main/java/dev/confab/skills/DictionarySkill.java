package dev.confab.skills;

import dev.confab.dialogue.skill.Skill;
import dev.confab.dialogue.skill.SkillRequest;
import dev.confab.dialogue.skill.Triggers;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Says what English words mean, from dictionaryapi.dev, which reads Wiktionary.
 *
 * <p>Usable from any thread.
 */
final class DictionarySkill implements Skill {
    private static final String WORD = "(?:the (?:word|term) )?[\"'“]?(?P<word>[\\pL][\\pL -]{0,40}?)[\"'”]?";

    private static final Triggers TRIGGERS = Triggers.of(
            List.of(
                    "define " + WORD,
                    "what does " + WORD + " mean",
                    "what(?:'s| is) the (?:meaning|definition) of " + WORD,
                    "(?:the )?(?:meaning|definition) of " + WORD),
            List.of());

    private static final List<String> NO_WORDS = List.of("it", "that", "this", "life", "he", "she", "you");

    private final WebService service;
    private final URI dictionary;

    DictionarySkill(Web web, URI dictionary) {
        this.service = web.service("the dictionary", Duration.ofDays(1));
        this.dictionary = dictionary;
    }

    @Override
    public String name() {
        return "dictionary";
    }

    @Override
    public Triggers triggers() {
        return TRIGGERS;
    }

    @Override
    public Optional<String> answer(SkillRequest request) {
        return request.argument("word")
                .map(word -> word.toLowerCase(Locale.ROOT))
                .filter(word -> !NO_WORDS.contains(word))
                .map(this::define);
    }

    private String define(String word) {
        URI address = Addresses.below(dictionary, "/api/v2/entries/en/" + Addresses.encoded(word));
        Optional<JsonNode> entries = service.json(address, Map.of());
        if (entries.isEmpty()) {
            return "My dictionary has no \"%s\". Is it spelled right?".formatted(word);
        }
        JsonNode meaning = entries.get().at("/0/meanings/0");
        String definition = meaning.at("/definitions/0/definition").stringValue("");
        if (definition.isBlank()) {
            throw service.notUnderstood("no definition at /0/meanings/0/definitions/0", null);
        }
        return "%s (%s): %s"
                .formatted(
                        Character.toUpperCase(word.charAt(0)) + word.substring(1),
                        meaning.path("partOfSpeech").stringValue("word"),
                        Sentences.shortened(definition));
    }
}
