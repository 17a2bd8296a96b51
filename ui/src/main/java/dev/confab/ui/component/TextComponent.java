package dev.confab.ui.component;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What components have in common whose values are texts that the page shows in its own way. */
sealed interface TextComponent extends Component permits Html, Markdown {
    @Override
    default Map<String, Object> properties() {
        return Map.of();
    }

    @Override
    default Map<String, Object> schema() {
        return Map.of("type", "string");
    }

    @Override
    default String pythonType() {
        return "str";
    }

    @Override
    default String read(JsonNode sent, FileStore files) {
        return Values.text(this, sent);
    }

    @Override
    default JsonNode write(@Nullable Object returned, FileStore files) {
        return Values.ofText(returned);
    }
}
