package dev.confab.server.operator;

import dev.confab.server.operator.Plot.Kind;
import dev.confab.server.operator.Plot.Series;
import dev.confab.server.operator.Plot.Unit;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Draws a plot as SVG. Places are percentages from left to right and pixels from top to bottom, so that it fits any width
 * while texts and lines keep their sizes. The style sheet gives it its colours, and room for values at its left. Belongs to one thread.
 */
final class PlotPicture {
    private static final int TOP = 14;
    private static final int BOTTOM = 164;
    private static final int HEIGHT = 190;
    private static final int TIMES = HEIGHT - 8;
    private static final int MOST_TIMES = 4;
    private static final int GRID_LINES = 3;
    private static final double BAR_WIDTH = 0.72;
    private static final double DOT = 2.5;

    private final Plot plot;
    private final Axis axis;
    private final HtmlWriter out;
    /** The distance of the grid's lines, and the highest of them. */
    private final double grid;

    private final double highest;

    PlotPicture(Plot plot, HtmlWriter out) {
        this.plot = plot;
        this.out = out;
        axis = plot.axis();
        grid = roundUp(plot.highest() / GRID_LINES, plot.unit() == Unit.COUNT ? 1 : 0);
        highest = grid * Math.ceil(plot.highest() / grid);
    }

    /** The least of 1, 2 and 5, times a power of ten, that is not below a number. */
    private static double roundUp(double number, double least) {
        double power = Math.pow(10, Math.floor(Math.log10(number)));
        double round = DoubleStream.of(1, 2, 5, 10)
                .map(factor -> factor * power)
                .filter(candidate -> candidate >= number * (1 - 1e-9))
                .findFirst()
                .orElseThrow();
        return Math.max(round, least);
    }

    /** Writes the picture, and what it is in words. */
    void write(String summary) {
        out.open("svg", "role", "img", "aria-label", summary, "height", String.valueOf(HEIGHT));
        grid();
        if (plot.kind() == Kind.BARS) {
            IntStream.range(0, axis.count()).forEach(this::bars);
        } else {
            plot.series().forEach(this::line);
        }
        times();
        IntStream.range(0, axis.count()).forEach(this::hover);
        out.close("svg");
    }

    private void grid() {
        for (double value = 0; value <= highest + grid / 2; value += grid) {
            segment("grid", "0", y(value), "100%", y(value));
            out.element("text", plot.unit().format(value), "class", "value", "x", "-8", "y", number(y(value) + 4));
        }
    }

    private void bars(int step) {
        double below = 0;
        for (Series one : plot.series()) {
            double value = one.values().get(step);
            if (value > 0) {
                double left = step + (1 - BAR_WIDTH) / 2;
                rectangle(one.style(), left, BAR_WIDTH, y(below + value), y(below))
                        .close("rect");
                below += value;
            }
        }
    }

    private void line(Series one) {
        List<Double> values = one.values();
        for (int step = 0; step < values.size(); step++) {
            double value = values.get(step);
            double next = step + 1 < values.size() ? values.get(step + 1) : Double.NaN;
            if (!Double.isNaN(value)) {
                String x = percent(step + 0.5);
                out.open("circle", "class", one.style(), "cx", x, "cy", number(y(value)), "r", number(DOT))
                        .close("circle");
                if (!Double.isNaN(next)) {
                    segment(one.style(), x, y(value), percent(step + 1.5), y(next));
                }
            }
        }
    }

    private void times() {
        int every = Math.ceilDiv(axis.count(), MOST_TIMES);
        for (int step = 0; step < axis.count(); step += every) {
            out.element("text", axis.shortName(step), "x", percent(step), "y", String.valueOf(TIMES));
        }
    }

    /** What pointing at a step tells. */
    private void hover(int step) {
        StringBuilder tip = new StringBuilder(axis.name(step));
        for (Series one : plot.series()) {
            tip.append('\n')
                    .append(one.name())
                    .append(": ")
                    .append(plot.unit().format(one.values().get(step)));
        }
        rectangle("hover", step, 1, TOP, BOTTOM)
                .element("title", tip.toString())
                .close("rect");
    }

    // --- shapes

    private void segment(String kind, String x1, double y1, String x2, double y2) {
        out.open("line", "class", kind, "x1", x1, "y1", number(y1), "x2", x2, "y2", number(y2))
                .close("line");
    }

    private HtmlWriter rectangle(String kind, double left, double width, double top, double bottom) {
        return out.open(
                "rect",
                "class",
                kind,
                "x",
                percent(left),
                "width",
                percent(width),
                "y",
                number(top),
                "height",
                number(bottom - top));
    }

    private double y(double value) {
        return BOTTOM - (BOTTOM - TOP) * value / highest;
    }

    private String percent(double steps) {
        return number(100 * steps / axis.count()) + "%";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
