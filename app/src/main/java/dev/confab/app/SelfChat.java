package dev.confab.app;

import dev.confab.dialogue.Chatbot;
import dev.confab.dialogue.Conversation;
import dev.confab.dialogue.persona.Persona;
import java.util.List;
import java.util.Optional;

/** Two chatbots that talk to each other: what one replies is what the other is told. */
final class SelfChat {
    private final List<Conversation> conversations;
    private final List<String> names;
    private final StandardOutput out;
    private final boolean json;

    /**
     * A conversation of a chatbot with itself.
     *
     * @param other who the second one is, if anybody
     */
    SelfChat(Chatbot bot, Optional<Persona> other, StandardOutput out, boolean json) {
        Conversation first = bot.newConversation("first");
        Conversation second = bot.newConversation("second");
        second.use(other.map(persona -> second.settings().withPersona(persona))
                .orElse(second.settings().withoutPersona()));
        conversations = List.of(first, second);
        names = List.of(name(first, "First"), name(second, "Second"));
        this.out = out;
        this.json = json;
    }

    /**
     * Talks.
     *
     * @param opening what the second one says first
     * @param turns how many turns there are in all, the opening included
     */
    void run(String opening, int turns) {
        String said = opening;
        print(1, said);
        for (int turn = 1; turn < turns; turn++) {
            int speaker = (turn + 1) % 2;
            said = conversations.get(speaker).say(said).text();
            print(speaker, said);
        }
        conversations.forEach(Conversation::close);
    }

    private void print(int speaker, String text) {
        if (json) {
            out.printLine(Json.object().put("speaker", names.get(speaker)).put("text", text));
        } else {
            out.printLine(names.get(speaker) + ": " + text);
        }
    }

    private static String name(Conversation conversation, String otherwise) {
        return conversation.settings().persona().map(Persona::name).orElse(otherwise);
    }
}
