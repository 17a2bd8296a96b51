package dev.confab.server.operator;

import java.util.List;

/** HTML and SVG while they are being written. Texts and attributes are escaped, so that what people said stays text. */
final class Markup {
    private final StringBuilder out = new StringBuilder();

    /**
     * Begins an element.
     *
     * @param attributes names and values in turn
     */
    Markup open(String element, String... attributes) {
        out.append('<').append(element);
        List<String> pairs = List.of(attributes);
        for (int i = 0; i < pairs.size(); i += 2) {
            out.append(' ').append(pairs.get(i)).append("=\"");
            append(pairs.get(i + 1));
            out.append('"');
        }
        out.append('>');
        return this;
    }

    /** Ends an element. */
    Markup close(String element) {
        out.append("</").append(element).append(">\n");
        return this;
    }

    /** Adds text. */
    Markup text(String text) {
        append(text);
        return this;
    }

    /** Adds an element that has nothing but a text in it. */
    Markup element(String element, String text, String... attributes) {
        return open(element, attributes).text(text).close(element);
    }

    private void append(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                default -> out.append(c);
            }
        }
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
