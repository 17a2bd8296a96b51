package dev.confab.examples;

import dev.confab.dialogue.Chatbot;

/** A conversation with a chatbot, which looks after history, room and cache itself. */
public final class Conversation {
    private Conversation() {}

    /**
     * Says two things.
     *
     * @param arguments the model's name or folder; microsoft/DialoGPT-medium if there is none
     */
    public static void main(String... arguments) {
        String name = arguments.length > 0 ? arguments[0] : "microsoft/DialoGPT-medium";
        try (var bot = Chatbot.fromPretrained(name)) {
            var conversation = bot.newConversation();
            IO.println(conversation.say("Does money buy happiness?").text());
            conversation.say("What is the best way to buy happiness?", IO::print);
            IO.println();
        }
    }
}
