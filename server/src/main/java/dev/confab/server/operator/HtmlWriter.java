package dev.confab.server.operator;

import dev.confab.ui.component.Markup;
import java.util.List;

/** HTML and SVG while they are being written. Texts and attributes are escaped, so that what people said stays text. */
final class HtmlWriter {
    private final StringBuilder out = new StringBuilder();

    /**
     * Begins an element.
     *
     * @param attributes names and values in turn
     */
    HtmlWriter open(String element, String... attributes) {
        out.append('<').append(element);
        List<String> pairs = List.of(attributes);
        for (int i = 0; i < pairs.size(); i += 2) {
            out.append(' ').append(pairs.get(i)).append("=\"");
            text(pairs.get(i + 1));
            out.append('"');
        }
        out.append('>');
        return this;
    }

    /** Ends an element. */
    HtmlWriter close(String element) {
        out.append("</").append(element).append(">\n");
        return this;
    }

    /** Adds text. */
    HtmlWriter text(String text) {
        out.append(Markup.escape(text));
        return this;
    }

    /** Adds an element that has nothing but a text in it. */
    HtmlWriter element(String element, String text, String... attributes) {
        return open(element, attributes).text(text).close(element);
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
