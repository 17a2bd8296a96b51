package dev.confab.ui.component;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One input or output of a function: how the page shows it, what the API calls it, and which Java values stand for it.
 *
 * <p>The names of the types and of their properties are Gradio's. Immutable.
 */
public sealed interface Component
        permits Textbox,
                NumberField,
                Slider,
                Checkbox,
                Dropdown,
                Markup,
                Json,
                ImageField,
                FileField,
                ChatLog,
                ChatReply,
                MultimodalTextbox,
                State {

    /** The type's name, such as {@code textbox}. */
    String type();

    /** What the page writes beside it and the API makes the parameter's name of; may be empty. */
    String label();

    /** The same component with another label. */
    Component withLabel(String label);

    /** The value that it begins with, as Java sees it; null for none. */
    @Nullable
    Object value();

    /** What else the page needs to know to show it, by Gradio's names; no value is null. */
    Map<String, Object> properties();

    /** Its values as a JSON schema. */
    Map<String, Object> schema();

    /** What Python's clients call the type of its values. */
    String pythonType();

    /**
     * Reads a value that a client sent.
     *
     * @param value may be anything, as it comes from outside
     * @param files where uploaded files lie
     * @throws InvalidValueException if the component cannot have this value
     */
    @Nullable
    Object read(JsonNode value, FileStore files);

    /**
     * Writes a value that a function returned.
     *
     * @param files where files for clients are put
     * @throws InvalidValueException if the component cannot show such a value
     */
    JsonNode write(@Nullable Object value, FileStore files);

    /**
     * The component that a short name stands for, with no label and everything else at its default. A state begins as an
     * empty list.
     *
     * @param name {@code text}, {@code textbox}, {@code number}, {@code slider}, {@code checkbox}, {@code dropdown},
     *     {@code html}, {@code markdown}, {@code json}, {@code image}, {@code file}, {@code chatbot} or {@code state}
     * @throws IllegalArgumentException for any other name
     */
    static Component named(String name) {
        return switch (name) {
            case "text", "textbox" -> Textbox.of("");
            case "number" -> NumberField.of("");
            case "slider" -> Slider.of("", 0, 100);
            case "checkbox" -> Checkbox.of("");
            case "dropdown" -> Dropdown.of("").withCustomValues(true);
            case "html" -> Markup.html("");
            case "markdown" -> Markup.markdown("");
            case "json" -> Json.of("");
            case "image" -> ImageField.of("");
            case "file" -> FileField.of("");
            case "chatbot" -> ChatLog.of("");
            case "state" -> State.of(List.of());
            default ->
                throw new IllegalArgumentException(
                        "there is no component '" + name + "'; there are text, number, slider,"
                                + " checkbox, dropdown, html, markdown, json, image, file, chatbot and state");
        };
    }
}
