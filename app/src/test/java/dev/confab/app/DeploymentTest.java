package dev.confab.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The files that servers are set up with fit the program. */
final class DeploymentTest {
    private static final Path ROOT = Path.of("..");
    private static final YAMLMapper YAML = new YAMLMapper();

    @TempDir
    Path folder;

    @Test
    void theDockerfileCopiesWhatThereIsAndStartsACommandThatExists() throws IOException {
        String file = Files.readString(ROOT.resolve("Dockerfile")).replaceAll("\\\\\\n\\s*", " ");
        List<String> stages = all(file, "(?m)^FROM \\S+ AS (\\S+)$");
        List<String> copied = all(file, "(?m)^COPY (?!--from)(.+) \\S+$");

        assertThat(copied).isNotEmpty().allSatisfy(sources -> {
            for (String source : sources.split(" ", -1)) {
                assertThat(ROOT.resolve(source)).exists();
            }
        });
        assertThat(all(file, "--from=(\\S+)")).isNotEmpty().isSubsetOf(stages);
        assertThat(all(file, "(?m)^(USER|VOLUME|HEALTHCHECK|ENTRYPOINT|CMD) "))
                .containsExactly("USER", "VOLUME", "HEALTHCHECK", "ENTRYPOINT", "CMD");
        assertThat(file).doesNotContainIgnoringCase("password").doesNotContainIgnoringCase("token");
        List<String> command = new ArrayList<>();
        JsonNode words = YAML.readTree(all(file, "(?m)^CMD (.+)$").getFirst());
        words.forEach(word -> command.add(word.asString()));
        assertUnderstood(command);
        for (String variable : all(file, "(CONFAB_(?!JAVA)[A-Z_]+)=")) {
            assertIsAnOptionOfServe(variable);
        }
    }

    @Test
    void thePartsOfTheComposeFileFitTogether() throws IOException {
        JsonNode compose = YAML.readTree(ROOT.resolve("compose.yaml"));
        JsonNode services = compose.path("services");

        assertThat(services.propertyNames()).containsExactlyInAnyOrder("confab", "database");
        for (Map.Entry<String, JsonNode> service : services.properties()) {
            service.getValue()
                    .path("secrets")
                    .forEach(secret -> assertThat(compose.path("secrets").has(secret.asString()))
                            .as(secret.toString())
                            .isTrue());
            for (JsonNode volume : service.getValue().path("volumes")) {
                assertThat(compose.path("volumes").has(volume.asString().replaceFirst(":.*", "")))
                        .as(volume.toString())
                        .isTrue();
            }
            for (Map.Entry<String, JsonNode> needed :
                    service.getValue().path("depends_on").properties()) {
                assertThat(needed.getValue().path("condition").asString()).isEqualTo("service_healthy");
                assertThat(services.path(needed.getKey()).has("healthcheck")).isTrue();
            }
        }
        List<String> command = new ArrayList<>();
        services.at("/confab/command")
                .forEach(word -> command.add(word.asString().replaceFirst("\\$\\{.*:-(.*)}", "$1")));
        assertUnderstood(command);
        services.at("/confab/environment").propertyNames().forEach(DeploymentTest::assertIsAnOptionOfServe);
    }

    @Test
    void theUnitsOfSystemdStartCommandsThatExist() throws IOException {
        for (Path unit : units()) {
            String command = all(Files.readString(unit), "(?m)^ExecStart=/opt/confab/confab (.+)$")
                    .getFirst();
            assertUnderstood(List.of(command.split(" ", -1)));
        }
    }

    @Test
    void theUnitsOfSystemdAreWhatSystemdUnderstands() throws IOException, InterruptedException {
        assumeTrue(onPath("systemd-analyze"), "systemd-analyze is not here, so nobody checks the units");
        for (Path unit : units()) {
            Path copy = folder.resolve(unit.getFileName());
            String launcher = ROOT.resolve("confab").toRealPath().toString();
            Files.writeString(copy, Files.readString(unit).replace("/opt/confab/confab", launcher));
            Path said = folder.resolve("said");
            Process check = new ProcessBuilder("systemd-analyze", "verify", copy.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            assertThat(check.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(Files.readString(said)).doesNotContain(unit.getFileName() + ":");
            assertThat(check.exitValue()).as(Files.readString(said)).isZero();
        }
    }

    @Test
    void theFilesOfPrometheusAreYamlAndFindEachOther() throws IOException {
        Path prometheus = ROOT.resolve("deploy/prometheus");
        JsonNode configuration = YAML.readTree(prometheus.resolve("prometheus.yml"));
        assertThat(configuration.at("/scrape_configs/0/metrics_path").asString())
                .isEqualTo("/metrics");
        for (JsonNode rules : configuration.path("rule_files")) {
            JsonNode alerts =
                    YAML.readTree(prometheus.resolve(rules.asString())).at("/groups/0/rules");
            String page = Files.readString(ROOT.resolve("docs/monitoring.md"));
            assertThat(alerts).isNotEmpty().allSatisfy(alert -> {
                assertThat(alert.path("expr").asString()).isNotBlank();
                assertThat(page).contains("| `" + alert.path("alert").asString() + "` |");
            });
        }
    }

    /** That the command exists, and has these options. */
    private static void assertUnderstood(List<String> words) {
        Shell.Result help = new Shell().run(words.getFirst(), "--help");
        assertThat(help.exitCode()).as(help.err()).isZero();
        assertThat(words.stream().filter(word -> word.startsWith("--")))
                .isNotEmpty()
                .allSatisfy(option ->
                        assertThat(help.out()).containsPattern("[ ,]" + option.replaceFirst("=.*", "") + "[=,\\s]"));
    }

    private static void assertIsAnOptionOfServe(String variable) {
        String option = "--"
                + variable.replaceFirst("^CONFAB_", "").toLowerCase(Locale.ROOT).replace('_', '-');
        assertThat(new Shell().run("serve", "--help").out()).as(variable).contains(option);
    }

    private static List<Path> units() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("deploy/systemd"))) {
            List<Path> units =
                    files.filter(file -> file.toString().endsWith(".service")).toList();
            assertThat(units).hasSize(2);
            return units;
        }
    }

    private static boolean onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    private static List<String> all(String text, String expression) {
        Matcher matcher = Pattern.compile(expression).matcher(text);
        return matcher.results().map((MatchResult match) -> match.group(1)).toList();
    }
}
