package dev.confab.skills;

import com.google.re2j.Pattern;
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
 * Looks things up in Wikipedia: "who was Ada Lovelace". Only a page whose title is what was asked for answers a question
 * that may be small talk, such as "what is love"; "look up ..." takes the best page there is.
 *
 * <p>Usable from any thread.
 */
final class EncyclopediaSkill implements Skill {
    private static final Triggers TRIGGERS = Triggers.of(
            List.of(
                    "(?:look up|wikipedia|wiki|search wikipedia for|what does wikipedia (?:say|know) about)(?: about)? (?P<explicit>.{2,80}?)(?: (?:in|on) wikipedia)?",
                    "(?:who|what) (?:is|are|was|were) (?:a |an |the )?(?P<subject>.{2,60})",
                    "(?:who|what)'s (?:a |an |the )?(?P<subject>.{2,60})",
                    "tell me (?:something |more )?about (?:a |an |the )?(?P<subject>.{2,60})"),
            List.of());

    /** What people ask about each other, and not of an encyclopedia. */
    private static final Pattern SMALL_TALK = Pattern.compile(
            "(?i)(?:.* )?(?:you|your|yours|yourself|u|ur|me|my|mine|i|we|us|our|he|she|they|him|her|his|their|it|its|this|that|these|those|there|here|going|up|new|wrong|right|happening|next|best|favorite|favourite|weather|time|date|day|better|worse|matter|problem|point|plan|deal)(?: .*)?");

    private static final int MOST_WORDS = 6;

    private final WebService service;
    private final URI wikipedia;

    EncyclopediaSkill(Web web, URI wikipedia) {
        this.service = web.service("Wikipedia", Duration.ofHours(1));
        this.wikipedia = wikipedia;
    }

    @Override
    public String name() {
        return "encyclopedia";
    }

    @Override
    public Triggers triggers() {
        return TRIGGERS;
    }

    @Override
    public Optional<String> answer(SkillRequest request) {
        Optional<String> explicit = request.argument("explicit");
        if (explicit.isPresent()) {
            return explicit.flatMap(this::bestPage)
                    .flatMap(page -> summary(page.path("key").stringValue("")))
                    .or(() -> Optional.of("I found nothing about %s in Wikipedia.".formatted(explicit.get())));
        }
        return request.argument("subject")
                .filter(subject -> subject.split(" ", -1).length <= MOST_WORDS
                        && !SMALL_TALK.matcher(subject).matches())
                .flatMap(subject -> bestPage(subject).filter(page -> isCalled(page, subject)))
                .flatMap(page -> summary(page.path("key").stringValue("")));
    }

    private Optional<JsonNode> bestPage(String subject) {
        URI address = Addresses.below(wikipedia, "/w/rest.php/v1/search/title?limit=1&q=" + Addresses.encoded(subject));
        return service.json(address, Map.of())
                .map(answer -> answer.at("/pages/0"))
                .filter(page -> page.path("key").isString());
    }

    /** Whether a page has the subject's name, or is reached from it by a redirect. */
    private static boolean isCalled(JsonNode page, String subject) {
        return folded(page.path("title").stringValue("")).equals(folded(subject))
                || folded(page.path("matched_title").stringValue("")).equals(folded(subject));
    }

    private static String folded(String title) {
        return title.toLowerCase(Locale.ROOT).replace('_', ' ').strip();
    }

    /** The beginning of a page; empty for one that only lists what its title may mean. */
    private Optional<String> summary(String key) {
        URI address = Addresses.below(wikipedia, "/api/rest_v1/page/summary/" + Addresses.encoded(key));
        return service.json(address, Map.of())
                .filter(page -> !page.path("type").stringValue("").equals("disambiguation"))
                .map(page -> page.path("extract").stringValue(""))
                .filter(extract -> !extract.isBlank())
                .map(extract -> Sentences.first(extract) + " (Wikipedia)");
    }
}
