package dev.confab.server.operator;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A plot of a few series over time, with its numbers in a table below it.
 *
 * @param title what it shows
 * @param kind how
 * @param axis the times
 * @param unit of the values
 * @param series what is shown
 */
record Plot(String title, Kind kind, Axis axis, Unit unit, List<Series> series) {
    /** How values are shown. */
    enum Kind {
        /** Counts on top of each other. */
        BARS,
        /** Measures, with gaps where there is none. */
        LINES
    }

    /** What values are. */
    enum Unit {
        /** How many. */
        COUNT,
        /** Seconds. */
        SECONDS,
        /** Tokens in a second. */
        SPEED;

        /** A value for people; a dash for none. */
        String format(double value) {
            if (Double.isNaN(value)) {
                return "–";
            }
            if (value == 0) {
                return "0";
            }
            return switch (this) {
                case COUNT -> String.format(Locale.ENGLISH, "%,d", Math.round(value));
                case SECONDS ->
                    value < 1
                            ? String.format(Locale.ENGLISH, "%d ms", Math.round(value * 1000))
                            : String.format(Locale.ENGLISH, "%.1f s", value);
                case SPEED -> String.format(Locale.ENGLISH, value < 10 ? "%.1f" : "%.0f", value);
            };
        }
    }

    /**
     * A series.
     *
     * @param name for the legend
     * @param colour 0 to 3, of the style sheet's
     * @param values one for each step; NaN where there is none
     */
    record Series(String name, int colour, List<Double> values) {
        /** Copies the values. */
        Series {
            values = List.copyOf(values);
        }

        /** The class that gives it its colour. */
        String style() {
            return "series" + colour;
        }
    }

    /** Writes the plot, or that there is nothing to show. */
    void write(HtmlWriter out) {
        out.open("figure", "class", "plot").open("figcaption").element("h3", title);
        if (highest() == 0) {
            out.close("figcaption").element("p", "Nothing in this time.", "class", "none");
        } else {
            legend(out);
            out.close("figcaption");
            new PlotPicture(this, out).write(summary());
            table(out);
        }
        out.close("figure");
    }

    private void legend(HtmlWriter out) {
        out.open("ul", "class", "legend");
        for (Series one : series) {
            out.element("li", one.name(), "class", one.style());
        }
        out.close("ul");
    }

    /** What the picture is for who cannot see it. */
    private String summary() {
        int peak = IntStream.range(0, axis.count()).reduce(0, (a, b) -> height(b) > height(a) ? b : a);
        return title + ", from " + axis.name(0) + " to " + axis.name(axis.count() - 1) + "; the most is "
                + unit.format(height(peak)) + " at " + axis.name(peak) + ". The table below has all numbers.";
    }

    private double height(int step) {
        DoubleStream values =
                series.stream().mapToDouble(one -> one.values().get(step)).filter(value -> !Double.isNaN(value));
        return kind == Kind.BARS ? values.sum() : values.max().orElse(0);
    }

    /** The highest place that anything reaches. */
    double highest() {
        return IntStream.range(0, axis.count()).mapToDouble(this::height).max().orElse(0);
    }

    private void table(HtmlWriter out) {
        out.open("details")
                .element("summary", "Numbers")
                .open("div", "class", "table", "tabindex", "0", "role", "region", "aria-label", "Numbers of " + title)
                .open("table")
                .open("thead")
                .open("tr")
                .element("th", "From", "scope", "col");
        series.forEach(one -> out.element("th", one.name(), "scope", "col"));
        out.close("tr").close("thead").open("tbody");
        for (int step = axis.count() - 1; step >= 0; step--) {
            out.open("tr").element("th", axis.name(step), "scope", "row");
            for (Series one : series) {
                out.element("td", unit.format(one.values().get(step)));
            }
            out.close("tr");
        }
        out.close("tbody").close("table").close("div").close("details");
    }
}
