package dev.confab.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.engine.generation.GenerationOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DocumentationTest {
    private static final Path ROOT = Path.of("..");

    @Test
    void everySettingOfGenerationIsExplained() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/decoding.md"));

        assertThat(GenerationOption.all())
                .allSatisfy(option -> assertThat(page).contains("| `" + option.name() + "` | "));
    }

    @Test
    void everyCommandIsInTheReference() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/command-line.md"));
        Matcher commands = Pattern.compile("(?m)^ {2}([a-z]+) {2,}")
                .matcher(new Shell().run("--help").out());

        assertThat(commands.results().map(match -> match.group(1)))
                .hasSizeGreaterThan(6)
                .allSatisfy(command -> assertThat(page).contains("`confab " + command + "`"));
    }

    @Test
    void linksBetweenPagesLeadSomewhere() throws IOException {
        Pattern link = Pattern.compile("\\]\\(([^)#:]+)\\)");
        for (Path page : pages()) {
            Matcher links = link.matcher(Files.readString(page));
            while (links.find()) {
                assertThat(page.resolveSibling(links.group(1))).as("in " + page).exists();
            }
        }
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(
                            docs.filter(file -> file.toString().endsWith(".md")),
                            Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
                                    .map(ROOT::resolve))
                    .toList();
        }
    }
}
