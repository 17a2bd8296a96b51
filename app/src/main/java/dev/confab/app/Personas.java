package dev.confab.app;

import dev.confab.dialogue.persona.Persona;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Personas by what people call them on the command line. */
final class Personas {
    private Personas() {}

    /** A shipped persona by its name, or else one from a file. */
    static Persona named(String nameOrFile) {
        return Persona.shipped().contains(nameOrFile) ? Persona.shipped(nameOrFile) : Persona.read(Path.of(nameOrFile));
    }

    /** Several of them by what people call them to choose: by the shipped name, or the file's without its ending. */
    static SequencedMap<String, Persona> byId(List<String> namesOrFiles) {
        SequencedMap<String, Persona> personas = new LinkedHashMap<>();
        for (String one : namesOrFiles) {
            String id = String.valueOf(Path.of(one).getFileName()).replaceFirst("\\.[^.]*$", "");
            if (personas.put(id, named(one)) != null) {
                throw new UsageException("--choice-of-personas has '" + id + "' twice");
            }
        }
        return personas;
    }
}
