package dev.confab.skills;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.confab.dialogue.skill.SkillAnswer;
import dev.confab.dialogue.skill.SkillContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped skills against services on this machine that answer in the formats of the real ones. */
class NetworkSkillsTest {
    private static final Set<String> ALL = Set.of("weather", "encyclopedia", "dictionary", "exchange-rates");

    private final LocalService services = new LocalService(NetworkSkillsTest::answer);

    @AfterEach
    void stop() {
        services.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "What's the weather in Berlin? | In Berlin it's 8°C with light rain right now. Today brings 5 to 10°C.",
                "how is the weather in berlin today | In Berlin it's 8°C with light rain right now. Today brings 5 to 10°C.",
                "weather tomorrow in Berlin | Tomorrow in Berlin: some clouds, -2 to 4°C.",
                "what will the weather be like in Berlin tomorrow? | Tomorrow in Berlin: some clouds, -2 to 4°C.",
                "will it rain in Berlin tomorrow | Tomorrow in Berlin: some clouds, -2 to 4°C.",
                "is it raining in Berlin | In Berlin it's 8°C with light rain right now. Today brings 5 to 10°C.",
                "weather in Nowhereville | I can't find Nowhereville on my map. Is there a larger town nearby?",
                "how's the weather? | Where? Tell me a city, as in \"weather in Lisbon\".",
            })
    void theWeatherIsToldForNowAndTomorrow(String question, String answer) {
        assertThat(ask(question, Locale.UK)).contains(new SkillAnswer("weather", answer, false));
    }

    @Test
    void americansHearFahrenheitAndAPlaceMayBeSet() {
        SkillsConfig config = new SkillsConfig(
                Set.of(), ALL, "Berlin", "ops@example.org", addresses(), WebLimits.DEFAULT, List.of(), List.of());
        try (var connected = ConnectedSkills.open(config)) {
            assertThat(connected.skills().answer("how's the weather", context(Locale.US)))
                    .hasValueSatisfying(
                            answer -> assertThat(answer.text()).startsWith("In Berlin it's 47°F with light rain"));
        }
        assertThat(services.requests()).last().asString().contains("temperature_unit=fahrenheit");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Who was Ada Lovelace? | Ada Lovelace was an English mathematician. She is known for her work on the Analytical Engine. (Wikipedia)",
                "who was ada lovelace | Ada Lovelace was an English mathematician. She is known for her work on the Analytical Engine. (Wikipedia)",
                "tell me about the moon | The Moon is Earth's only natural satellite. (Wikipedia)",
                "look up lovelace | Ada Lovelace was an English mathematician. She is known for her work on the Analytical Engine. (Wikipedia)",
                "look up gibberish | I found nothing about gibberish in Wikipedia.",
            })
    void theEncyclopediaTellsTheBeginningOfItsPage(String question, String answer) {
        assertThat(ask(question, Locale.UK)).contains(new SkillAnswer("encyclopedia", answer, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "who is lovelace",
                "what is mercury",
                "what is gibberish",
                "what is your name",
                "who are you",
                "what's up",
                "what is the matter with you",
                "tell me about yourself",
                "what is the meaning of life",
                "what does it mean",
                "convert five apples to pears",
                "I like the weather in spring",
            })
    void smallTalkIsLeftToTheModel(String sentence) {
        assertThat(ask(sentence, Locale.UK)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "define serendipity | Serendipity (noun): A combination of events which are not individually beneficial.",
                "What does the word \"serendipity\" mean? | Serendipity (noun): A combination of events which are not individually beneficial.",
                "what's the definition of serendipity | Serendipity (noun): A combination of events which are not individually beneficial.",
                "define xyzzy | My dictionary has no \"xyzzy\". Is it spelled right?",
            })
    void theDictionarySaysWhatAWordMeans(String question, String answer) {
        assertThat(ask(question, Locale.UK)).contains(new SkillAnswer("dictionary", answer, false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "convert 50 dollars to euros | 50 USD is about 40 EUR, at the rate of 2026-11-20.",
                "how much is 1,000 euros in pounds? | 1,000 EUR is about 875 GBP, at the rate of 2026-11-20.",
                "100 USD in JPY | 100 USD is about 12,800 JPY, at the rate of 2026-11-20.",
                "how many dollars is 8 euros | 8 EUR is about 10 USD, at the rate of 2026-11-20.",
                "what's the exchange rate from euro to us dollar | 1 EUR is about 1.25 USD, at the rate of 2026-11-20.",
                "€20 in $ | 20 EUR is about 25 USD, at the rate of 2026-11-20.",
                "5 dollars to kuwaiti dinar | The European Central Bank publishes no rate for Kuwaiti Dinar.",
            })
    void moneyIsConvertedAtTheRateOfTheDay(String question, String answer) {
        assertThat(ask(question, Locale.US)).contains(new SkillAnswer("exchange-rates", answer, false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "weather in Berlin | I asked the weather service, but I don't understand its answer.",
                "define serendipity | I asked the dictionary, but I don't understand its answer.",
                "50 dollars to euros | I asked the European Central Bank, but I don't understand its answer.",
            })
    void anAnswerThatSaysSomethingElseIsAFailureThatIsTold(String question, String apology) {
        String strange = "{\"results\":[{\"latitude\":\"north\"}],\"x\":[[[]]]}";
        try (var other = new LocalService(exchange -> LocalService.send(exchange, 200, strange));
                var connected = open(other.address(), other.address())) {
            assertThat(connected.skills().answer(question, context(Locale.UK)))
                    .hasValueSatisfying(answer -> assertThat(answer.failed()).isTrue())
                    .hasValueSatisfying(answer -> assertThat(answer.text()).isEqualTo(apology));
        }
    }

    /** A document type could make a parser read files of this machine. */
    @Test
    void ratesWithADocumentTypeOrOutOfRangeAreNotUnderstood() {
        for (String xml : List.of(
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><Cube time='&e;'><Cube currency='USD' rate='&e;'/></Cube>",
                "<Cube time='2026-11-20'><Cube currency='USD' rate='1e999999999'/></Cube>",
                "<Cube time='2026-11-20'><Cube currency='USD' rate='0'/></Cube>",
                "<Cube time='2026-11-20'><Cube currency='USD'/></Cube>",
                "<Cube time='2026-11-20'><Cube")) {
            try (var other = new LocalService(exchange -> LocalService.send(exchange, 200, xml));
                    var connected = open(other.address(), other.address())) {
                assertThat(connected.skills().answer("50 dollars to euros", context(Locale.UK)))
                        .hasValueSatisfying(answer -> assertThat(answer.text()).contains("don't understand"));
            }
        }
    }

    @Test
    void networkSkillsAreOffUntilTheyAreSwitchedOn() {
        try (var connected = ConnectedSkills.open(SkillsConfig.offlineOnly())) {
            assertThat(connected.skills().names()).containsExactly("clock", "units", "calculator");
            assertThat(connected.skills().answer("weather in Berlin", context(Locale.UK)))
                    .isEmpty();
        }
    }

    private Optional<SkillAnswer> ask(String question, Locale locale) {
        try (var connected = open(services.address(), services.address().resolve("/eurofxref-daily.xml"))) {
            return connected.skills().answer(question, context(locale));
        }
    }

    private static ConnectedSkills open(URI address, URI rates) {
        Map<String, URI> addresses = new HashMap<>(addresses(address));
        addresses.put("exchange-rates", rates);
        return ConnectedSkills.open(
                new SkillsConfig(Set.of("clock"), ALL, null, null, addresses, WebLimits.DEFAULT, List.of(), List.of()));
    }

    private Map<String, URI> addresses() {
        return addresses(services.address());
    }

    private static Map<String, URI> addresses(URI address) {
        return Map.of("geocoding", address, "weather", address, "encyclopedia", address, "dictionary", address);
    }

    private static SkillContext context(Locale locale) {
        return new SkillContext(
                ZoneId.of("Europe/London"), locale, "1", InstantSource.fixed(Instant.parse("2026-11-21T12:00:00Z")));
    }

    private static void answer(HttpExchange exchange) throws IOException {
        URI asked = exchange.getRequestURI();
        String query = String.valueOf(asked.getQuery()).toLowerCase(Locale.ROOT);
        switch (asked.getPath()) {
            case "/v1/search" -> send(exchange, query.contains("name=berlin") ? "geocoding.json" : "no-places.json");
            case "/v1/forecast" ->
                send(exchange, query.contains("fahrenheit") ? "forecast-fahrenheit.json" : "forecast.json");
            case "/w/rest.php/v1/search/title" -> send(exchange, titles(query));
            case "/api/rest_v1/page/summary/Ada_Lovelace" -> send(exchange, "ada-lovelace.json");
            case "/api/rest_v1/page/summary/Moon" -> send(exchange, "moon.json");
            case "/api/rest_v1/page/summary/Mercury" -> send(exchange, "mercury.json");
            case "/api/v2/entries/en/serendipity" -> send(exchange, "serendipity.json");
            case "/eurofxref-daily.xml" -> send(exchange, "eurofxref-daily.xml");
            default -> LocalService.send(exchange, 404, "{\"title\":\"Not found\"}");
        }
    }

    private static String titles(String query) {
        if (query.endsWith("lovelace")) {
            return "titles-lovelace.json";
        }
        if (query.endsWith("mercury")) {
            return "titles-mercury.json";
        }
        return query.endsWith("moon") ? "titles-moon.json" : "no-titles.json";
    }

    private static void send(HttpExchange exchange, String file) throws IOException {
        try (InputStream body = NetworkSkillsTest.class.getResourceAsStream(file)) {
            LocalService.send(exchange, 200, new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
