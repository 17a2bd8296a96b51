package dev.confab.skills;

import dev.confab.dialogue.skill.Skill;
import dev.confab.dialogue.skill.SkillRequest;
import dev.confab.dialogue.skill.Triggers;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Knows the weather now and tomorrow, from Open-Meteo.
 *
 * <p>Usable from any thread.
 */
final class WeatherSkill implements Skill {
    private static final String WHEN = "(?: (?P<when>today|tomorrow|now|right now|outside|tonight))?";
    private static final String PLACE = "(?: (?:in|at|for|over in) (?P<place>[\\pL .,'-]{2,60}?))?";

    private static final Triggers TRIGGERS = Triggers.of(
            List.of(
                    "(?:what(?:'s| is| will)|how(?:'s| is| will)) (?:the )?(?:current )?(?:weather|forecast|temperature)(?: be)?(?: like)?(?: be)?(?: be like)?"
                            + WHEN + PLACE + WHEN.replace("when", "later"),
                    "(?:the )?(?:weather|weather forecast|forecast|temperature)" + WHEN + PLACE
                            + WHEN.replace("when", "later"),
                    "(?:is it|will it(?: be)?|is it going to(?: be)?|does it) (?:raining|rain|snowing|snow|cold|hot|warm|sunny|cloudy|windy|freezing)"
                            + WHEN + PLACE + WHEN.replace("when", "later"),
                    "how (?:warm|hot|cold|windy) (?:is it|will it be)" + WHEN + PLACE + WHEN.replace("when", "later"),
                    "(?:do|will) i need (?:an umbrella|a coat|a jacket)" + WHEN + PLACE
                            + WHEN.replace("when", "later")),
            List.of());

    private final WebService service;
    private final URI geocoding;
    private final URI forecast;
    private final @Nullable String home;

    /** Takes the addresses of both services, and the place that is meant where none is named. */
    WeatherSkill(Web web, URI geocoding, URI forecast, @Nullable String home) {
        this.service = web.service("the weather service", Duration.ofMinutes(10));
        this.geocoding = geocoding;
        this.forecast = forecast;
        this.home = home;
    }

    @Override
    public String name() {
        return "weather";
    }

    @Override
    public Triggers triggers() {
        return TRIGGERS;
    }

    @Override
    public Optional<String> answer(SkillRequest request) {
        Optional<String> name = request.argument("place").or(() -> Optional.ofNullable(home));
        if (name.isEmpty()) {
            return Optional.of("Where? Tell me a city, as in \"weather in Lisbon\".");
        }
        Optional<JsonNode> place = place(name.get());
        if (place.isEmpty()) {
            return Optional.of("I can't find %s on my map. Is there a larger town nearby?".formatted(name.get()));
        }
        boolean fahrenheit = request.context().locale().getCountry().equals("US");
        boolean tomorrow = request.argument("when")
                .or(() -> request.argument("later"))
                .filter("tomorrow"::equalsIgnoreCase)
                .isPresent();
        return Optional.of(tell(place.get(), fahrenheit, tomorrow));
    }

    private Optional<JsonNode> place(String name) {
        URI address = Addresses.below(
                geocoding, "/v1/search?count=1&language=en&format=json&name=" + Addresses.encoded(name));
        return service.json(address, Map.of())
                .map(answer -> answer.at("/results/0"))
                .filter(JsonNode::isObject);
    }

    private String tell(JsonNode place, boolean fahrenheit, boolean tomorrow) {
        URI address = Addresses.below(
                forecast,
                "/v1/forecast?latitude=%s&longitude=%s"
                                .formatted(number(place, "/latitude"), number(place, "/longitude"))
                        + "&current=temperature_2m,weather_code"
                        + "&daily=weather_code,temperature_2m_max,temperature_2m_min"
                        + "&timezone=auto&forecast_days=2"
                        + (fahrenheit ? "&temperature_unit=fahrenheit" : ""));
        JsonNode weather =
                service.json(address, Map.of()).orElseThrow(() -> service.notUnderstood("no forecast there", null));
        String name = place.path("name").stringValue("");
        String unit = fahrenheit ? "°F" : "°C";
        int day = tomorrow ? 1 : 0;
        String range = "%d to %d%s"
                .formatted(
                        degrees(weather, "/daily/temperature_2m_min/" + day),
                        degrees(weather, "/daily/temperature_2m_max/" + day),
                        unit);
        if (tomorrow) {
            return "Tomorrow in %s: %s, %s.".formatted(name, sky(weather, "/daily/weather_code/1"), range);
        }
        return "In %s it's %d%s with %s right now. Today brings %s."
                .formatted(
                        name,
                        degrees(weather, "/current/temperature_2m"),
                        unit,
                        sky(weather, "/current/weather_code"),
                        range);
    }

    private long degrees(JsonNode weather, String pointer) {
        return Math.round(number(weather, pointer));
    }

    private String sky(JsonNode weather, String pointer) {
        return WeatherCode.describe((int) number(weather, pointer));
    }

    private double number(JsonNode node, String pointer) {
        JsonNode found = node.at(pointer);
        if (!found.isNumber()) {
            throw service.notUnderstood("no number at %s in its answer".formatted(pointer), null);
        }
        return found.doubleValue();
    }
}
