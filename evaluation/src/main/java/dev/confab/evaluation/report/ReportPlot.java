package dev.confab.evaluation.report;

import dev.confab.engine.error.ConfabException;
import dev.confab.evaluation.Perplexity;
import dev.confab.evaluation.metric.Interval;
import dev.confab.evaluation.metric.Score;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;

/**
 * Several systems as bars, a panel for each metric, with half the width of the interval as the error bar. Needs the fonts
 * of the Java that it runs on.
 */
public final class ReportPlot {
    private static final int PANEL_WIDTH = 420;
    private static final int PANEL_HEIGHT = 320;
    private static final int COLUMNS = 3;

    private ReportPlot() {}

    /**
     * Checks that a picture of the name can be written, before the work of measuring is done.
     *
     * @throws ConfabException if its ending is not that of a form that is known
     */
    public static void requireKnownForm(Path file) {
        if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
            throw new ConfabException(file + ": a plot is a .png file");
        }
    }

    /**
     * Draws a report to a PNG file.
     *
     * @param systems at least one
     * @throws ConfabException if the name does not end in .png
     * @throws IOException if the file cannot be written
     */
    public static void write(List<SystemReport> systems, Path file) throws IOException {
        requireKnownForm(file);
        List<CategoryChart> panels = panels(systems);
        int columns = Math.min(COLUMNS, panels.size());
        int width = columns * PANEL_WIDTH;
        int height = (panels.size() + columns - 1) / columns * PANEL_HEIGHT;
        var picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        paint(panels, columns, picture.createGraphics());
        try (OutputStream out = Files.newOutputStream(file)) {
            ImageIO.write(picture, "png", out);
        }
    }

    private static void paint(List<CategoryChart> panels, int columns, Graphics2D picture) {
        for (int i = 0; i < panels.size(); i++) {
            int x = i % columns * PANEL_WIDTH;
            int y = i / columns * PANEL_HEIGHT;
            picture.translate(x, y);
            panels.get(i).paint(picture, PANEL_WIDTH, PANEL_HEIGHT);
            picture.translate(-x, -y);
        }
        picture.dispose();
    }

    private static List<CategoryChart> panels(List<SystemReport> systems) {
        List<CategoryChart> panels = new ArrayList<>();
        if (systems.stream().allMatch(system -> system.perplexity().isPresent())) {
            CategoryChart panel = panel("Perplexity");
            for (SystemReport system : systems) {
                Optional<Double> value = system.perplexity().map(Perplexity::perplexity);
                panel.addSeries(system.name(), List.of("Perplexity"), List.of(value.orElseThrow()));
            }
            panels.add(panel);
        }
        for (int s = 0; s < systems.getFirst().scores().size(); s++) {
            List<String> labels = systems.getFirst().scores().get(s).metric().labels();
            CategoryChart panel =
                    panel(systems.getFirst().scores().get(s).metric().key());
            for (SystemReport system : systems) {
                Score score = system.scores().get(s);
                panel.addSeries(system.name(), labels, score.values(), errors(score));
            }
            panels.add(panel);
        }
        return panels;
    }

    private static List<Double> errors(Score score) {
        return IntStream.range(0, score.values().size())
                .mapToObj(i -> score.intervals().isEmpty()
                        ? 0.0
                        : halfWidth(score.intervals().get(i)))
                .toList();
    }

    private static double halfWidth(Interval interval) {
        return (interval.high() - interval.low()) / 2;
    }

    private static CategoryChart panel(String title) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(PANEL_WIDTH)
                .height(PANEL_HEIGHT)
                .title(title)
                .build();
        chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        return chart;
    }
}
