package dev.confab.telegram;

import dev.confab.dialogue.persona.Persona;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who a chatbot can be, as people choose. Immutable. */
final class PersonaChoice {
    /** Nobody but the chatbot itself. */
    static final PersonaChoice NONE = new PersonaChoice(Map.of());

    /** What a button can carry, less the mark of what it is for. */
    private static final int LONGEST_NAME = 60;

    private final Map<String, Persona> byName = new LinkedHashMap<>();
    private final Map<String, String> ids = new HashMap<>();

    /**
     * A choice.
     *
     * @param personas by the ids that they can be called by besides their names
     * @throws IllegalArgumentException if a name is too long for a button, or there are two of the same name
     */
    PersonaChoice(Map<String, Persona> personas) {
        personas.forEach((id, persona) -> {
            String name = persona.name();
            if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME || byName.put(name, persona) != null) {
                throw new IllegalArgumentException(
                        "the persona '" + name + "' needs a name of its own of up to " + LONGEST_NAME + " bytes");
            }
            ids.put(name, id);
        });
    }

    /** Their names, as they are shown and kept. */
    List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /** The one of exactly this name; null if there is none. */
    @Nullable
    Persona get(@Nullable String name) {
        return name == null ? null : byName.get(name);
    }

    /**
     * The name of the one that is meant: by its id or its name, or else by the beginning of its id, its name or a word of
     * its name, if that is nobody else's; in any case.
     */
    Optional<String> meant(String words) {
        String wanted = words.strip().toLowerCase(Locale.ROOT);
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        List<String> exact = those(name -> callings(name).anyMatch(wanted::equals));
        List<String> found = exact.isEmpty() ? those(name -> beginsWith(name, wanted)) : exact;
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    private List<String> those(Predicate<String> wanted) {
        return byName.keySet().stream().filter(wanted).toList();
    }

    private boolean beginsWith(String name, String beginning) {
        return Stream.concat(callings(name), words(name)).anyMatch(calling -> calling.startsWith(beginning));
    }

    private Stream<String> callings(String name) {
        return Stream.of(ids.getOrDefault(name, name), name).map(calling -> calling.toLowerCase(Locale.ROOT));
    }

    private static Stream<String> words(String name) {
        return Arrays.stream(name.toLowerCase(Locale.ROOT).split("\\s+", -1));
    }

    /** All of them, as somebody is told who can be meant. */
    String listed() {
        return names().stream()
                .map(name -> name.equalsIgnoreCase(ids.get(name)) ? name : name + " (" + ids.get(name) + ")")
                .collect(Collectors.joining(", "));
    }
}
