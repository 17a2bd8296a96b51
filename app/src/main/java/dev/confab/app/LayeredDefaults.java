package dev.confab.app;

import dev.confab.engine.error.ConfabException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The values of options that the command line does not give: first the environment ({@code --top-p} is
 * {@code CONFAB_TOP_P}), then the YAML file of {@code --config} ({@code top_p} or {@code top-p}).
 */
final class LayeredDefaults implements IDefaultValueProvider {
    private static final String FLAG = "--config";

    private final Map<String, String> environment;
    private final String fileName;
    private final Map<String, JsonNode> file;
    private final Map<String, String> origins = new HashMap<>();

    private LayeredDefaults(Map<String, String> environment, String fileName, Map<String, JsonNode> file) {
        this.environment = environment;
        this.fileName = fileName;
        this.file = file;
    }

    /**
     * Reads the configuration file, where the arguments or the environment name one.
     *
     * @throws ConfabException if it cannot be read, is no YAML, or is no list of names with values
     */
    static LayeredDefaults read(List<String> arguments, Map<String, String> environment) {
        String name = configFile(arguments).orElse(environment.getOrDefault("CONFAB_CONFIG", ""));
        return new LayeredDefaults(environment, name, name.isEmpty() ? Map.of() : parse(Path.of(name)));
    }

    /** Whether there is a configuration file. */
    boolean haveFile() {
        return !fileName.isEmpty();
    }

    /** The value for an option such as {@code "top-p"}, where one of the layers has it. */
    Optional<JsonNode> value(String option) {
        String variable = variable(option);
        String text = environment.get(variable);
        if (text != null && !text.isEmpty()) {
            origins.put(option, variable);
            return Optional.of(StringNode.valueOf(text));
        }
        JsonNode node = file.get(option);
        if (node != null) {
            origins.put(option, fileName);
        }
        return Optional.ofNullable(node);
    }

    /**
     * Refuses a name in the file that no command knows, as it is most likely misspelt.
     *
     * @throws ConfabException with the name and the nearest one known
     */
    void refuseUnknownNames(CommandLine commandLine) {
        var known = new TreeSet<String>();
        collectNames(commandLine, known);
        for (String name : file.keySet()) {
            if (!known.contains(name)) {
                throw new ConfabException(fileName + ": unknown option '" + name.replace('-', '_') + "'"
                        + Nearest.of(name, known)
                                .map(near -> "; did you mean '" + near.replace('-', '_') + "'?")
                                .orElse(""));
            }
        }
    }

    private static void collectNames(CommandLine commandLine, Set<String> known) {
        commandLine.getCommandSpec().options().forEach(option -> known.add(name(option)));
        commandLine.getSubcommands().values().forEach(command -> collectNames(command, known));
    }

    /** Where the value that an error is about was taken from, as words to put behind the message. */
    String originOf(@Nullable ArgSpec argument) {
        return argument instanceof OptionSpec option ? originOf(name(option)) : "";
    }

    /** The same for an option's name. */
    String originOf(String option) {
        String origin = origins.get(option);
        return origin == null ? "" : " (from " + origin + ")";
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)
                || option.usageHelp()
                || option.versionHelp()
                || option.group() != null
                || option.longestName().equals(FLAG)) {
            return null;
        }
        return value(name(option))
                .map(node -> node.isValueNode() ? node.asString() : node.toString())
                .orElse(null);
    }

    /** An option's name without dashes in front. */
    static String name(OptionSpec option) {
        return option.longestName().replaceFirst("^-+", "");
    }

    private static String variable(String option) {
        return "CONFAB_" + option.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static Optional<String> configFile(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.startsWith(FLAG + "=")) {
                return Optional.of(argument.substring(FLAG.length() + 1));
            }
            if (argument.equals(FLAG) && i + 1 < arguments.size()) {
                return Optional.of(arguments.get(i + 1));
            }
        }
        return Optional.empty();
    }

    private static Map<String, JsonNode> parse(Path path) {
        if (!Files.isReadable(path) || Files.isDirectory(path)) {
            throw new ConfabException("--config " + path + ": no such file, or not readable");
        }
        JsonNode root;
        try {
            root = new YAMLMapper().readTree(path);
        } catch (JacksonException e) {
            throw new ConfabException(
                    path + ": not valid YAML at line " + e.getLocation().getLineNr() + ": " + e.getOriginalMessage(),
                    e);
        }
        if (root.isMissingNode() || root.isNull()) {
            return Map.of();
        }
        if (!root.isObject()) {
            throw new ConfabException(path + ": expected lines such as 'top_p: 0.9', found a " + root.getNodeType());
        }
        var values = new LinkedHashMap<String, JsonNode>();
        root.properties().forEach(entry -> values.put(entry.getKey().replace('_', '-'), entry.getValue()));
        return values;
    }
}
