package dev.confab.skills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.engine.error.ConfabException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SkillsConfigTest {
    @TempDir
    Path folder;

    @Test
    void aFileSwitchesSkillsOnAndSaysWhereServicesAre() throws IOException {
        SkillsConfig config = read("""
                offline: [clock]
                network: [weather, dictionary]
                place: Lisbon
                contact: https://bots.example.org/ours
                timeout-seconds: 3
                addresses:
                  weather: http://localhost:8080/weather/
                """);

        assertThat(config.offline()).containsExactly("clock");
        assertThat(config.network()).containsExactlyInAnyOrder("weather", "dictionary");
        assertThat(config.place()).isEqualTo("Lisbon");
        assertThat(config.contact()).isEqualTo("https://bots.example.org/ours");
        assertThat(config.limits().timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.address("weather")).isEqualTo(URI.create("http://localhost:8080/weather/"));
        assertThat(config.address("geocoding")).isEqualTo(URI.create("https://geocoding-api.open-meteo.com"));
    }

    @Test
    void anEmptyFileMeansTheOfflineSkills() throws IOException {
        for (String empty : new String[] {"", "\n# nothing\n", "---\n"}) {
            SkillsConfig config = read(empty);
            assertThat(config.offline()).containsExactlyInAnyOrder("clock", "units", "calculator");
            assertThat(config.network()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "network: [wether] | there is no network skill 'wether'; there are [dictionary, encyclopedia, exchange-rates, weather]",
                "offline: [weather] | there is no offline skill 'weather'",
                "addresses: {google: 'http://x'} | there is no service in addresses 'google'",
                "contact: our team (at) home | the contact 'our team (at) home' is no address",
                "timeout-seconds: 0 | timeout is PT0S, expected more than 0",
                "timeout-seconds: soon | line 1",
                "networks: [weather] | networks",
                "'http: [{name: a, patterns: [x], url: \"http://h/\", answer: \"{b}\"}]' | skill 'a', answer: '{b}' has no value",
                "'http: [{name: a, patterns: [x], url: \"http://h/{b}\", answer: c}]' | skill 'a', url: '{b}' has no value",
                "'http: [{name: a, patterns: [\"(?P<b>.*)\"], url: \"http://{b}/\", answer: c}]' | is no address of a fixed host",
                "'http: [{name: a, patterns: [\"(?P<b>.*)\"], url: \"http://h{b}.org/\", answer: c}]' | is no address of a fixed host",
                "'http: [{name: a, patterns: [x], url: \"file:///etc/passwd\", answer: c}]' | is no address of a fixed host",
                "'http: [{name: a, url: \"http://h/\", answer: c}]' | has neither patterns nor examples",
                "'http: [{name: a, patterns: [x], url: \"http://h/\"}]' | skill 'a' has no 'answer'",
                "'http: [{patterns: [x], url: \"http://h/\", answer: c}]' | an entry of http has no 'name'",
                "'http: [{name: a, patterns: [x], url: \"http://h/\", answer: c, values: {v: x/y}}]' | expected a JSON pointer",
                "'http: [{name: clock, patterns: [x], url: \"http://h/\", answer: c}]' | two skills are called 'clock'",
                "'mcp: [{name: m, skills: [{name: a, patterns: [x]}]}]' | has neither a command nor a url",
                "'mcp: [{name: m, command: [x], url: \"http://h\", skills: [{name: a, patterns: [x]}]}]' | has a command and a url",
                "'mcp: [{name: m, url: localhost, skills: [{name: a, patterns: [x]}]}]' | the url is 'localhost'",
                "'mcp: [{name: m, command: [x]}]' | has no skills",
                "'mcp: [{name: m, command: [x], skills: [{name: a, patterns: [x], arguments: {p: \"{q}\"}}]}]' | argument 'p': '{q}' has no value",
            })
    void whatCannotBeIsRefusedWithItsPlace(String content, String message) {
        assertThatThrownBy(() -> read(content))
                .isInstanceOf(ConfabException.class)
                .hasMessageContaining("skills.yaml")
                .hasMessageContaining(message);
    }

    @Test
    void aPatternThatCannotBeReadIsRefusedWhenTheSkillsAreOpened() throws IOException {
        SkillsConfig config = read("http: [{name: a, patterns: ['(x'], url: 'http://h/', answer: c}]");

        assertThatThrownBy(() -> ConnectedSkills.open(config))
                .isInstanceOf(ConfabException.class)
                .hasMessageContaining("the pattern '(x' cannot be read");
    }

    @Test
    void aFileThatIsMissingOrFarTooLargeIsRefused() throws IOException {
        Path large = folder.resolve("large.yaml");
        try (var file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(2 << 20);
        }

        assertThatThrownBy(() -> SkillsConfig.read(folder.resolve("none.yaml")))
                .hasMessageContaining("none.yaml does not exist");
        assertThatThrownBy(() -> SkillsConfig.read(large)).hasMessageContaining("2097152 bytes");
    }

    @Test
    void networkSkillsAreSwitchedOnInCodeToo() {
        assertThat(SkillsConfig.offlineOnly().withNetwork(Set.of("weather")).network())
                .containsExactly("weather");
    }

    private SkillsConfig read(String content) throws IOException {
        return SkillsConfig.read(Files.writeString(folder.resolve("skills.yaml"), content));
    }
}
