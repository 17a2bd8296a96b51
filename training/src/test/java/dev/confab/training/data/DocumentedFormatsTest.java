package dev.confab.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DocumentedFormatsTest {
    private static final Path PAGE = Path.of("..", "docs", "training.md");

    @Test
    void theExamplesOfEveryFormatAreReadAsTheyStand() throws IOException {
        String page = Files.readString(PAGE);
        Matcher sections =
                Pattern.compile("(?s)### `([a-z-]+)`\n(.*?)(?=\n### )").matcher(page);
        var documented = EnumSet.noneOf(DialogueFormat.class);
        while (sections.find()) {
            DialogueFormat format = DialogueFormat.named(sections.group(1));
            Matcher examples = Pattern.compile("(?s)```[a-z]+\n(.*?)```").matcher(sections.group(2));
            while (examples.find()) {
                assertThat(Dialogues.read(format, examples.group(1)))
                        .as(format.name())
                        .hasSize(1)
                        .allMatch(seen -> seen.contains("/ ") && seen.contains("> "));
                documented.add(format);
            }
        }

        assertThat(documented).containsExactly(DialogueFormat.values());
    }
}
