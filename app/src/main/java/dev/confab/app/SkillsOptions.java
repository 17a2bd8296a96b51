package dev.confab.app;

import dev.confab.dialogue.skill.Skills;
import dev.confab.engine.error.ConfabException;
import dev.confab.skills.ConnectedSkills;
import dev.confab.skills.SkillsConfig;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a chatbot looks up and works out itself. */
final class SkillsOptions {
    @Option(
            names = "--skills",
            paramLabel = "FILE",
            arity = "0..1",
            fallbackValue = "true",
            description = "answer the time, sums and units itself, not by the model; with a FILE the skills that it"
                    + " configures, such as the weather (docs/skills.md)")
    @Nullable
    String skills;

    /**
     * The skills that were chosen.
     *
     * @param opened closes their connections
     * @throws ConfabException if the file cannot be read or understood
     */
    Skills open(LoadedModels opened) {
        String chosen = skills == null ? "false" : skills;
        return switch (chosen) {
            case "false" -> Skills.none();
            case "true" -> Skills.offline();
            default -> opened.add(ConnectedSkills.open(config(Path.of(chosen)))).skills();
        };
    }

    private static SkillsConfig config(Path file) {
        try {
            return SkillsConfig.read(file);
        } catch (IOException e) {
            throw new ConfabException(file + " cannot be read: " + e, e);
        }
    }
}
