package dev.confab.telegram;

import com.pengrad.telegrambot.model.request.InlineKeyboardMarkup;
import dev.confab.telegram.Incoming.Said;
import dev.confab.telegram.store.BotStore;
import dev.confab.telegram.store.ChatSettings;
import dev.confab.telegram.store.Progress;
import dev.confab.telegram.store.StoredUpdate;
import java.util.Optional;

/** Shows the settings of chats and changes them, for those who may. Called by one thread per chat. */
final class SettingsDialog {
    private final BotStore store;
    private final LiveChats chats;
    private final Outbox outbox;
    private final Answers answers;
    private final SettingsMenu menu;
    private final Administrators administrators;

    SettingsDialog(
            BotStore store,
            LiveChats chats,
            Outbox outbox,
            Answers answers,
            SettingsMenu menu,
            Administrators administrators) {
        this.store = store;
        this.chats = chats;
        this.outbox = outbox;
        this.answers = answers;
        this.menu = menu;
        this.administrators = administrators;
    }

    /** Shows all settings, with buttons for who may change them. */
    void show(StoredUpdate update, LiveChat chat, Said said) {
        show(update, chat, said, menu.text(chat.settings()), menu.keyboard(chat.settings()));
    }

    /** Lets the chatbot be who was asked for, or shows who it can be. */
    void persona(StoredUpdate update, LiveChat chat, Said said) {
        if (!said.text().isEmpty() && administrators.mayDecide(chat.key(), said.user())) {
            Optional<ChatSettings> chosen = menu.persona(chat.settings(), said.text());
            if (chosen.isEmpty()) {
                show(
                        update,
                        chat,
                        said,
                        menu.unknownPersona(chat.settings(), said.text()),
                        menu.personaKeyboard(chat.settings()));
                return;
            }
            chat.use(chosen.get());
        }
        show(update, chat, said, menu.personaText(chat.settings()), menu.personaKeyboard(chat.settings()));
    }

    /** Does what a button stands for, and shows it in the menu. */
    void press(Incoming.Pressed pressed) {
        if (!administrators.mayDecide(pressed.chat(), pressed.user())) {
            outbox.acknowledge(pressed.query(), Sentences.ONLY_ADMINISTRATORS);
            return;
        }
        LiveChat chat = chats.of(pressed.chat());
        Optional<ChatSettings> chosen = menu.after(chat.settings(), pressed.data());
        if (chosen.isEmpty()) {
            outbox.acknowledge(pressed.query(), Sentences.CHOICE_GONE);
            return;
        }
        chat.use(chosen.get());
        store.save(chat.state());
        outbox.acknowledge(pressed.query(), "");
        outbox.edit(pressed.chat(), pressed.message(), menu.text(chosen.get()), menu.keyboard(chosen.get()));
    }

    private void show(StoredUpdate update, LiveChat chat, Said said, String text, InlineKeyboardMarkup keyboard) {
        if (administrators.mayDecide(chat.key(), said.user())) {
            outbox.send(chat.key(), text, 0, keyboard, answers.recorded(update, chat));
            store.progress(update.with(Progress.DONE, 0));
        } else {
            answers.say(update, chat, text + "\n\n" + Sentences.ONLY_ADMINISTRATORS, said.message());
        }
    }
}
