package dev.confab.dialogue.persona;

import dev.confab.dialogue.resource.Resource;
import dev.confab.engine.error.ConfabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Personas as YAML; JSON is YAML too. */
final class PersonaFile {
    static final List<String> SHIPPED = List.of("captain", "gardener", "librarian", "robot");

    private static final long MOST_BYTES = 1 << 20;
    private static final Set<String> FIELDS = Set.of("name", "description", "facts", "style", "examples", "casting");

    private PersonaFile() {}

    static Persona read(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new ConfabException(
                        file + " has " + Files.size(file) + " bytes; a persona has at most " + MOST_BYTES);
            }
            return parse(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new ConfabException(
                    "the persona " + file + " cannot be read: " + e + "; give a file, or one of "
                            + String.join(", ", SHIPPED),
                    e);
        }
    }

    static Persona shipped(String name) {
        if (!SHIPPED.contains(name)) {
            throw new ConfabException("there is no persona '" + name + "'; there are " + String.join(", ", SHIPPED)
                    + ", and files of your own");
        }
        return parse(name, Resource.text(PersonaFile.class, name + ".yaml"));
    }

    private static Persona parse(String source, String yaml) {
        JsonNode root;
        try {
            root = new YAMLMapper().readTree(yaml);
        } catch (JacksonException e) {
            throw new ConfabException(
                    source + ": not valid YAML at line " + e.getLocation().getLineNr() + ": " + e.getOriginalMessage(),
                    e);
        }
        if (!root.isObject()) {
            throw new ConfabException(
                    source + ": expected a persona with a line such as 'name: Mara', found a " + root.getNodeType());
        }
        root.propertyNames().stream()
                .filter(name -> !FIELDS.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new ConfabException(source + ": unknown field '" + name
                            + "'; a persona has name, description, facts," + " style, examples and casting");
                });
        try {
            return new Persona(
                    text(source, root, "name"),
                    root.path("description").asString(""),
                    facts(source, root.path("facts")),
                    root.path("style").asString(""),
                    examples(source, root.path("examples")),
                    casting(source, root.path("casting")));
        } catch (IllegalArgumentException e) {
            throw new ConfabException(source + ": " + e.getMessage(), e);
        }
    }

    private static List<String> facts(String source, JsonNode node) {
        List<String> facts = new ArrayList<>();
        for (JsonNode fact : node) {
            if (!fact.isString()) {
                throw new ConfabException(
                        source + ": the fact " + fact + " is no text; write each as '- I live by the sea.'");
            }
            facts.add(fact.stringValue());
        }
        return facts;
    }

    private static List<Exchange> examples(String source, JsonNode node) {
        List<Exchange> examples = new ArrayList<>();
        for (JsonNode example : node) {
            examples.add(new Exchange(text(source, example, "user"), text(source, example, "chatbot")));
        }
        return examples;
    }

    private static Optional<Casting> casting(String source, JsonNode node) {
        return node.isMissingNode() || node.isNull()
                ? Optional.empty()
                : Optional.of(new Casting(
                        text(source, node, "preamble"),
                        node.path("user").asString("Human"),
                        node.path("chatbot").asString("AI")));
    }

    private static String text(String source, JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (!value.isString() || value.stringValue().isBlank()) {
            throw new ConfabException(source + ": '" + field + "' is "
                    + (value.isMissingNode() ? "missing" : value.toString()) + "; expected a text");
        }
        return value.stringValue();
    }
}
