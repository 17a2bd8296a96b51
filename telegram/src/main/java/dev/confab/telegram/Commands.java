package dev.confab.telegram;

import dev.confab.dialogue.Speaker;
import dev.confab.dialogue.Turn;
import dev.confab.telegram.Incoming.Said;
import dev.confab.telegram.gif.Gif;
import dev.confab.telegram.store.BotStore;
import dev.confab.telegram.store.Progress;
import dev.confab.telegram.store.StoredUpdate;
import java.util.Optional;

/** Does what commands ask for. Called by one thread per chat. */
final class Commands {
    private final BotStore store;
    private final LiveChats chats;
    private final Outbox outbox;
    private final GifSender gifs;
    private final Answers answers;
    private final SettingsDialog settings;
    private final Administrators administrators;
    private final String botName;
    private final String privacyNotice;

    /**
     * The commands of a bot.
     *
     * @param botName what it is called
     * @param privacyNotice what its operator adds to {@code /privacy}; perhaps empty
     */
    Commands(
            BotStore store,
            LiveChats chats,
            Outbox outbox,
            GifSender gifs,
            Answers answers,
            SettingsDialog settings,
            Administrators administrators,
            String botName,
            String privacyNotice) {
        this.store = store;
        this.chats = chats;
        this.outbox = outbox;
        this.gifs = gifs;
        this.answers = answers;
        this.settings = settings;
        this.administrators = administrators;
        this.botName = botName;
        this.privacyNotice = privacyNotice;
    }

    void run(StoredUpdate update, Command command, Said said) {
        LiveChat chat = chats.of(said.chat());
        if (command.isForAdministrators() && !administrators.mayDecide(chat.key(), said.user())) {
            say(update, chat, said, Sentences.ADMINISTRATORS_ASK);
            return;
        }
        switch (command) {
            case START -> say(update, chat, said, Sentences.welcome(botName));
            case HELP -> say(update, chat, said, Sentences.help(gifs.available()));
            case PRIVACY -> say(update, chat, said, Sentences.privacy(privacyNotice));
            case RESET -> {
                chat.reset();
                say(update, chat, said, Sentences.NEW_CONVERSATION);
            }
            case UNDO -> say(update, chat, said, undo(chat));
            case RETRY -> retry(update, chat, said);
            case GIF -> gif(update, chat, said);
            case FORGET -> {
                chats.drop(said.chat());
                store.forget(said.chat());
                outbox.send(said.chat(), Sentences.FORGOTTEN, 0, Api.Attempts.UNRECORDED);
            }
            case PERSONA -> settings.persona(update, chat, said);
            case SETTINGS -> settings.show(update, chat, said);
        }
    }

    private static String undo(LiveChat chat) {
        return chat.undo().map(Turn::text).map(Sentences::takenBack).orElse(Sentences.NOTHING_TO_UNDO);
    }

    private void retry(StoredUpdate update, LiveChat chat, Said said) {
        if (chat.conversation().transcript().latest(Speaker.USER).isEmpty()) {
            say(update, chat, said, Sentences.NOTHING_TO_RETRY);
        } else {
            answers.answerAnew(update, chat, said);
        }
    }

    private void gif(StoredUpdate update, LiveChat chat, Said said) {
        String words = said.text().isEmpty()
                ? chat.conversation()
                        .transcript()
                        .latest(Speaker.CHATBOT)
                        .map(Turn::text)
                        .orElse("")
                : said.text();
        if (!gifs.available() || words.isEmpty()) {
            say(update, chat, said, gifs.available() ? Sentences.GIF_OF_WHAT : Sentences.NO_GIFS);
            return;
        }
        Optional<Gif> found = gifs.find(words);
        if (found.isEmpty()) {
            say(update, chat, said, Sentences.NO_GIF);
            return;
        }
        gifs.send(chat.key(), found.get(), "", 0, answers.recorded(update, chat));
        store.progress(update.with(Progress.DONE, 0));
    }

    private void say(StoredUpdate update, LiveChat chat, Said said, String text) {
        answers.say(update, chat, text, said.message());
    }
}
