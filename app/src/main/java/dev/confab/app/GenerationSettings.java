package dev.confab.app;

import dev.confab.engine.error.ConfabException;
import dev.confab.engine.generation.GenerationConfig;
import dev.confab.engine.generation.GenerationException;
import dev.confab.engine.generation.GenerationOption;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The options of generation on the command line: {@code max_new_tokens} is {@code --max-new-tokens}. The engine's table
 * is the only list of them; what is added here is a line of help for each.
 */
final class GenerationSettings {
    private static final Properties DESCRIPTIONS = descriptions();
    private static final String HEADING =
            "%nGeneration (transformers' options; the model's own settings hold for what is left out):%n";

    private final LayeredDefaults defaults;
    private final Map<GenerationOption<?>, OptionSpec> flags = new LinkedHashMap<>();

    GenerationSettings(LayeredDefaults defaults) {
        this.defaults = defaults;
    }

    /** Adds all options to a command, as a section of its help. */
    void addTo(CommandSpec command) {
        ArgGroupSpec.Builder section = ArgGroupSpec.builder().heading(HEADING).validate(false);
        for (GenerationOption<?> option : GenerationOption.all()) {
            OptionSpec flag = spec(option);
            flags.put(option, flag);
            section.addArg(flag);
        }
        command.addArgGroup(section.build());
    }

    /**
     * What flags, environment and configuration file say, the first of these first. The values are of the right kind;
     * whether they fit each other is for {@link GenerationConfig#validate} to say.
     *
     * @throws UsageException if a flag's value is of the wrong kind
     * @throws ConfabException if another's is
     */
    GenerationConfig config() {
        GenerationConfig config = GenerationConfig.empty();
        for (GenerationOption<?> option : GenerationOption.all()) {
            config = config(option).over(config);
        }
        return config;
    }

    /**
     * One setting, as a person names it while talking.
     *
     * @param name such as {@code temperature}, {@code top_p} or {@code top-p}
     * @throws ConfabException if there is no such setting, or the value is of the wrong kind
     */
    static GenerationConfig setting(String name, String value) {
        String option = name.replace('-', '_');
        GenerationOption<?> known = GenerationOption.all().stream()
                .filter(each -> each.name().equals(option))
                .findFirst()
                .orElseThrow(() -> new ConfabException("no setting '" + option + "'"
                        + Nearest.of(
                                        option,
                                        GenerationOption.all().stream()
                                                .map(GenerationOption::name)
                                                .toList())
                                .map(near -> "; did you mean " + near + "?")
                                .orElse("; docs/decoding.md has all")));
        return config(known, parse(known, value));
    }

    private GenerationConfig config(GenerationOption<?> option) {
        Optional<JsonNode> flag = flag(option);
        if (flag.isPresent()) {
            try {
                return config(option, flag.get());
            } catch (GenerationException e) {
                throw new UsageException(option.flag() + ": " + e.getMessage());
            }
        }
        String name = option.flag().substring(2);
        return defaults.value(name)
                .map(value -> {
                    try {
                        return config(option, value.isString() ? parse(option, value.stringValue()) : value);
                    } catch (GenerationException e) {
                        throw new ConfabException(e.getMessage() + defaults.originOf(name), e);
                    }
                })
                .orElse(GenerationConfig.empty());
    }

    private static GenerationConfig config(GenerationOption<?> option, JsonNode value) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.set(option.name(), value);
        return GenerationConfig.fromJson(request, Set.of());
    }

    /** What the flag was given on the command line, if it was. */
    private Optional<JsonNode> flag(GenerationOption<?> option) {
        OptionSpec spec = flags.get(option);
        if (spec == null || spec.stringValues().isEmpty()) {
            return Optional.empty();
        }
        if (takesTexts(option)) {
            ArrayNode texts = JsonNodeFactory.instance.arrayNode();
            spec.stringValues().forEach(texts::add);
            return Optional.of(texts);
        }
        Object value = spec.getValue();
        return Optional.of(parse(option, String.valueOf(value)));
    }

    private static OptionSpec spec(GenerationOption<?> option) {
        OptionSpec.Builder spec = takesTexts(option)
                ? OptionSpec.builder("--stop", option.flag()).type(List.class).auxiliaryTypes(String.class)
                : OptionSpec.builder(option.flag()).type(option.isFlag() ? Boolean.class : String.class);
        spec.description(description(option).replace("%", "%%"));
        if (option.isFlag()) {
            return spec.arity("0").negatable(true).build();
        }
        return spec.arity("1").paramLabel(takesTexts(option) ? "TEXT" : "VALUE").build();
    }

    /** The line of help; a test holds that each option has one. */
    static String description(GenerationOption<?> option) {
        return DESCRIPTIONS.getProperty(option.name(), "");
    }

    private static boolean takesTexts(GenerationOption<?> option) {
        return option == GenerationOption.STOP_STRINGS;
    }

    private static JsonNode parse(GenerationOption<?> option, String text) {
        if (takesTexts(option)) {
            return JsonNodeFactory.instance.stringNode(text);
        }
        try {
            return Json.read(text);
        } catch (JacksonException e) {
            return JsonNodeFactory.instance.stringNode(text);
        }
    }

    private static Properties descriptions() {
        var properties = new Properties();
        try (InputStream stream = GenerationSettings.class.getResourceAsStream("generation-options.properties")) {
            properties.load(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
