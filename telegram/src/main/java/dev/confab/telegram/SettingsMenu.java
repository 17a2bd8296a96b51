package dev.confab.telegram;

import com.pengrad.telegrambot.model.request.InlineKeyboardButton;
import com.pengrad.telegrambot.model.request.InlineKeyboardMarkup;
import dev.confab.telegram.store.ChatSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The buttons below {@code /settings} and {@code /persona}, and what they do. Immutable. */
final class SettingsMenu {
    private static final String TEMPERATURE = "t:";
    private static final String GIF_RATE = "g:";
    private static final String PERSONA = "p:";
    private static final String DEFAULT = "-";
    private static final int PERSONAS_IN_A_ROW = 3;

    private final PersonaChoice personas;
    private final boolean gifs;

    /** A button: what it says, and what it does. */
    private record Choice(String label, String data) {}

    /**
     * The menu of a bot.
     *
     * @param personas who can be chosen
     * @param gifs whether it has GIFs
     */
    SettingsMenu(PersonaChoice personas, boolean gifs) {
        this.personas = personas;
        this.gifs = gifs;
    }

    /** What stands above the buttons: each setting as it is. */
    String text(ChatSettings settings) {
        var text = new StringBuilder("How I answer here:\n\nTemperature: ").append(shown(settings.temperature()));
        if (!personas.names().isEmpty()) {
            text.append("\nPersona: ").append(shownPersona(settings));
        }
        if (gifs) {
            text.append("\nGIFs after short replies: ").append(shown(settings.gifRate()));
        }
        return text.append("\n\nA low temperature makes me predictable, a high one surprising.")
                .toString();
    }

    /** The buttons for all settings. */
    InlineKeyboardMarkup keyboard(ChatSettings settings) {
        InlineKeyboardMarkup keyboard = personaKeyboard(settings);
        keyboard.addRow(row(
                TEMPERATURE,
                settings.temperature(),
                List.of(
                        new Choice("🌡 default", DEFAULT),
                        new Choice("0.5", "0.5"),
                        new Choice("0.7", "0.7"),
                        new Choice("1.0", "1.0"),
                        new Choice("1.3", "1.3"))));
        if (gifs) {
            keyboard.addRow(row(
                    GIF_RATE,
                    settings.gifRate(),
                    List.of(
                            new Choice("🎬 default", DEFAULT),
                            new Choice("none", "0.0"),
                            new Choice("some", "0.3"),
                            new Choice("always", "1.0"))));
        }
        return keyboard;
    }

    /** The buttons for personas alone; none if there is nobody to be chosen. */
    InlineKeyboardMarkup personaKeyboard(ChatSettings settings) {
        InlineKeyboardMarkup keyboard = new InlineKeyboardMarkup();
        List<InlineKeyboardButton> row = new ArrayList<>();
        for (String persona : personas.names()) {
            row.add(button(new Choice(persona, PERSONA + persona), persona.equals(settings.persona())));
            if (row.size() == PERSONAS_IN_A_ROW) {
                keyboard.addRow(row.toArray(InlineKeyboardButton[]::new));
                row.clear();
            }
        }
        if (!personas.names().isEmpty()) {
            row.add(button(new Choice("👤 default", PERSONA + DEFAULT), settings.persona() == null));
            keyboard.addRow(row.toArray(InlineKeyboardButton[]::new));
        }
        return keyboard;
    }

    /** The settings after a button was pressed; empty if it stands for nothing that there is any more. */
    Optional<ChatSettings> after(ChatSettings settings, String data) {
        String value = data.substring(Math.min(data.length(), 2));
        if (data.startsWith(PERSONA)) {
            if (value.equals(DEFAULT)) {
                return Optional.of(settings.withPersona(null));
            }
            return personas.get(value) == null ? Optional.empty() : Optional.of(settings.withPersona(value));
        }
        Optional<Double> number = number(value);
        if (number.isEmpty() && !value.equals(DEFAULT)) {
            return Optional.empty();
        }
        if (data.startsWith(TEMPERATURE)) {
            return number.filter(temperature -> temperature <= 0).isPresent()
                    ? Optional.empty()
                    : Optional.of(settings.withTemperature(number.orElse(null)));
        }
        return data.startsWith(GIF_RATE) && gifs
                ? Optional.of(settings.withGifRate(number.orElse(null)))
                : Optional.empty();
    }

    /** The settings with the persona that somebody's words mean; empty if that is nobody in particular. */
    Optional<ChatSettings> persona(ChatSettings settings, String words) {
        return words.strip().equalsIgnoreCase("default")
                ? Optional.of(settings.withPersona(null))
                : personas.meant(words).map(settings::withPersona);
    }

    /** What is said of the personas. */
    String personaText(ChatSettings settings) {
        return personas.names().isEmpty()
                ? "I am who I am here; nobody else can be chosen."
                : "I am " + shownPersona(settings) + ". Who shall I be?";
    }

    /** What is said if nobody in particular is meant. */
    String unknownPersona(ChatSettings settings, String words) {
        return personas.names().isEmpty()
                ? personaText(settings)
                : "I do not know who " + MessageParts.head(words, 60) + " is. I can be " + personas.listed() + ".";
    }

    private static String shownPersona(ChatSettings settings) {
        String persona = settings.persona();
        return persona == null ? "the default" : persona;
    }

    private static InlineKeyboardButton[] row(String kind, @Nullable Double current, List<Choice> choices) {
        return choices.stream()
                .map(choice -> button(
                        new Choice(choice.label(), kind + choice.data()),
                        number(choice.data()).equals(Optional.ofNullable(current))))
                .toArray(InlineKeyboardButton[]::new);
    }

    private static InlineKeyboardButton button(Choice choice, boolean chosen) {
        return new InlineKeyboardButton(chosen ? "✓ " + choice.label() : choice.label()).callbackData(choice.data());
    }

    private static Optional<Double> number(String text) {
        try {
            double number = Double.parseDouble(text);
            return number >= 0 && number <= 2 ? Optional.of(number) : Optional.empty();
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static String shown(@Nullable Double value) {
        return value == null ? "default" : String.format(Locale.ROOT, "%.1f", value);
    }
}
