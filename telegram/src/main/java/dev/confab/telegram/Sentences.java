package dev.confab.telegram;

import dev.confab.telegram.Incoming.Media;

/** What the bot says for itself. */
final class Sentences {
    static final String NEW_CONVERSATION = "All right, let's begin anew.";
    static final String NOTHING_TO_RETRY = "There is nothing to answer anew. Say something first.";
    static final String NOTHING_TO_UNDO = "There is nothing to take back.";
    static final String TOO_FAST = "You are faster than I can think. Give me a minute.";
    static final String OVERFLOWED = "That was a lot at once, and I did not read all of it.";
    static final String NO_GIF = "I have found no GIF for that.";
    static final String NO_GIFS = "I have no GIFs here.";
    static final String GIF_OF_WHAT = "A GIF of what? For example /gif dancing cat";
    static final String FORGOTTEN = "I have forgotten everything about this chat.";
    static final String NOTHING_TO_SAY = "Hm.";
    static final String IN_TROUBLE =
            "Something is wrong on my side, and I could not deal with that. Please say it again in a while.";
    static final String CHOICE_GONE = "That choice is not there any more.";

    static final String ONLY_ADMINISTRATORS = "Only administrators of this group can change that.";
    static final String ADMINISTRATORS_ASK = "Only administrators of this group can ask for that.";

    private Sentences() {}

    static String welcome(String name) {
        return "Hi, I am " + name + ". Say something, and I answer as well as I can. /help tells what else I can do.";
    }

    static String notAllowed(long user) {
        return "I may talk to some people only. If you know who runs me, tell them your number: " + user;
    }

    static String tooLong(int longest) {
        return "That is too long for me. I read up to " + longest + " characters.";
    }

    static String unknownCommand(String command) {
        return "I do not know /" + command + ". /help tells what I do know.";
    }

    static String takenBack(String said) {
        return "I have forgotten that you said: " + MessageParts.head(said, 200);
    }

    /** A friendly answer to what is no text. */
    static String about(Media media) {
        return switch (media) {
            case STICKER -> "Nice sticker! What does it mean, in words?";
            case PHOTO -> "I can't see pictures, but I would like to hear what is on it.";
            case VIDEO -> "I can't watch videos. What happens in it?";
            case VOICE -> "I can't hear you, I can only read. Could you write it down?";
            case OTHER, NONE -> "I don't know what to do with that. Tell me about it in words?";
        };
    }

    /** What the bot keeps, for the person whom it is about. */
    static String privacy(String operator) {
        return "I keep what we said here, your settings in this chat, and the numbers of chat and messages, so that I can"
                + " go on after a restart. I keep no names and no pictures. Where I send a GIF, GIPHY gets the words that"
                + " it is found by. /forget deletes all I keep of this chat, at once; in a"
                + " group an administrator has to say it."
                + (operator.isBlank() ? "" : "\n\n" + operator.strip());
    }

    /** What the bot can do. */
    static String help(boolean gifs) {
        var text = new StringBuilder(
                "Just talk to me. In groups mention me, or answer one of my messages; /reset and /forget are"
                        + " for its administrators there. If you edit your last message, I answer it anew.\n");
        for (Command command : Command.values()) {
            if (command != Command.GIF || gifs) {
                text.append("\n/").append(command.text()).append(" – ").append(command.description());
            }
        }
        return gifs
                ? text.append("\n\nWith @gif in your message you get a GIF, too.")
                        .toString()
                : text.toString();
    }
}
