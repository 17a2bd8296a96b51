package dev.confab.dialogue.persona;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who a chatbot is.
 *
 * <p>A model of DialoGPT's family follows no instructions, but goes on in the manner of what it reads. So a persona is
 * applied as turns that stand before the conversation and are never forgotten: its facts as an answer to "Tell me about
 * yourself.", and its examples as they are. A general language model, which knows no turns, is given a {@link Casting}
 * instead. Where a person asks for what the persona's author wrote down, the author's words are the reply
 * ({@link #ownWords}).
 *
 * @param name what the chatbot is called
 * @param description who that is, in a few words for people who choose; not shown to the model
 * @param facts what is true of it, each a sentence in the first person
 * @param style how it speaks, in a sentence in the first person; or empty
 * @param examples exchanges in its manner, the most telling first
 * @param casting how a model that knows no turns is told; empty for models that do
 */
public record Persona(
        String name,
        String description,
        List<String> facts,
        String style,
        List<Exchange> examples,
        Optional<Casting> casting) {
    private static final String QUESTION = "Tell me about yourself.";

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if the name is blank
     */
    public Persona {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a persona needs a name");
        }
        facts = List.copyOf(facts);
        examples = List.copyOf(examples);
    }

    /** A persona of facts alone. */
    public static Persona ofFacts(String name, List<String> facts) {
        return new Persona(name, "", facts, "", List.of(), Optional.empty());
    }

    /** A persona of examples alone. */
    public static Persona ofExamples(String name, List<Exchange> examples) {
        return new Persona(name, "", List.of(), "", examples, Optional.empty());
    }

    /**
     * Reads a persona from a file.
     *
     * @param file YAML or JSON; {@code docs/personas.md} describes it
     * @throws dev.confab.engine.error.ConfabException if it cannot be read, or something in it is unknown or missing
     */
    public static Persona read(Path file) {
        return PersonaFile.read(file);
    }

    /** The names of the personas that come with Confab. */
    public static List<String> shipped() {
        return PersonaFile.SHIPPED;
    }

    /**
     * One of the personas that come with Confab.
     *
     * @throws dev.confab.engine.error.ConfabException if there is none of this name
     */
    public static Persona shipped(String name) {
        return PersonaFile.shipped(name);
    }

    /** The turns that stand before the conversation, two for each exchange. */
    public List<Exchange> exchanges() {
        List<Exchange> exchanges = new ArrayList<>();
        if (!facts.isEmpty() || !style.isBlank()) {
            exchanges.add(new Exchange(QUESTION, String.join(" ", facts) + (style.isBlank() ? "" : " " + style)));
        }
        exchanges.addAll(examples);
        return exchanges;
    }

    /**
     * What the persona itself says to a question: the replies of examples that were asked the same, in these words or in
     * others that are usual in English, and facts that answer it. Small models cannot be led to say them.
     *
     * @param said what a person said; its last sentence counts if that is a question
     * @return replies, the most fitting first; none if nothing in the persona is asked for
     */
    public List<String> ownWords(String said) {
        return OwnWords.answering(said, this);
    }

    /** The same, told to a model that knows no turns. */
    public Persona withCasting(Casting how) {
        return new Persona(name, description, facts, style, examples, Optional.of(how));
    }
}
