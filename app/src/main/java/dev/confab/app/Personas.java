package dev.confab.app;

import dev.confab.dialogue.persona.Persona;
import java.nio.file.Path;

/** Personas by what people call them on the command line. */
final class Personas {
    private Personas() {}

    /** A shipped persona by its name, or else one from a file. */
    static Persona named(String nameOrFile) {
        return Persona.shipped().contains(nameOrFile) ? Persona.shipped(nameOrFile) : Persona.read(Path.of(nameOrFile));
    }
}
