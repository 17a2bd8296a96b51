package dev.confab.ui.http;

import dev.confab.ui.component.ChatLog;
import dev.confab.ui.component.ChatReply;
import dev.confab.ui.component.Checkbox;
import dev.confab.ui.component.Component;
import dev.confab.ui.component.Dropdown;
import dev.confab.ui.component.FileField;
import dev.confab.ui.component.ImageField;
import dev.confab.ui.component.Json;
import dev.confab.ui.component.Markup;
import dev.confab.ui.component.MultimodalTextbox;
import dev.confab.ui.component.NumberField;
import dev.confab.ui.component.Slider;
import dev.confab.ui.component.State;
import dev.confab.ui.component.Textbox;
import java.util.List;
import java.util.Map;

/** Values that documentation shows a component with. */
final class Samples {
    private Samples() {}

    static Object of(Component component) {
        return switch (component) {
            case Textbox _ -> "Hello!";
            case NumberField field -> field.value() == null ? (Object) 3 : field.value();
            case Slider slider -> slider.value();
            case Checkbox box -> box.value();
            case Dropdown dropdown when dropdown.multiple() -> dropdown.choices();
            case Dropdown dropdown ->
                dropdown.choices().isEmpty() ? "Hello!" : dropdown.choices().getFirst();
            case Markup markup when markup.language() == Markup.Language.HTML -> "<p>Hello!</p>";
            case Markup _ -> "# Hello!";
            case Json _, State _ -> Map.of("foo", "bar");
            case ChatReply _ -> "Hello!";
            case MultimodalTextbox _ -> Map.of("text", "Hello!", "files", List.of());
            case ImageField _ -> Map.of("path", "the path that /upload answered");
            case FileField file when file.multiple() -> List.of(Map.of("path", "the path that /upload answered"));
            case FileField _ -> Map.of("path", "the path that /upload answered");
            case ChatLog _ -> List.of(Map.of("role", "user", "content", "Hello!"));
        };
    }
}
