package dev.confab.app;

import dev.confab.dialogue.filter.FilterPolicy;
import java.util.Locale;

/** Filters by what people call them on the command line. */
final class FilterPresets {
    private FilterPresets() {}

    /**
     * The filters of a chatbot; cries for help are answered whatever was chosen.
     *
     * @param option where the preset was named
     * @throws UsageException if there is none of that name
     */
    static FilterPolicy ofChatbot(String option, String preset) {
        return switch (preset) {
            case "none" -> FilterPolicy.criesForHelp();
            case "safe" -> FilterPolicy.safe(Locale.getDefault());
            case "kid-safe" -> FilterPolicy.kidSafe(Locale.getDefault());
            default -> throw new UsageException(option + " " + preset + ": choose none, safe or kid-safe");
        };
    }

    /**
     * The filters of the API, where {@code none} means none at all.
     *
     * @param option where the preset was named
     * @throws UsageException if there is none of that name
     */
    static FilterPolicy ofApi(String option, String preset) {
        return preset.equals("none") ? FilterPolicy.none() : ofChatbot(option, preset);
    }
}
