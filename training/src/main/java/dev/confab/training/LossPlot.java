package dev.confab.training;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;
import tools.jackson.databind.JsonNode;

/** The course of the loss as a picture. */
final class LossPlot {
    /** Points of the training curve; each is the mean of the steps between two. */
    private static final int POINTS = 400;

    private LossPlot() {}

    /**
     * Draws a log to a PNG file.
     *
     * @throws TrainingException if the log cannot be read or the picture not written
     */
    static void draw(Path log, Path png) {
        try {
            List<JsonNode> lines = TrainingLog.read(log);
            XYChart chart = new XYChartBuilder()
                    .width(900)
                    .height(500)
                    .title("Loss")
                    .xAxisTitle("step")
                    .yAxisTitle("nats per token")
                    .build();
            chart.getStyler().setLegendPosition(LegendPosition.InsideNE);
            chart.getStyler().setChartBackgroundColor(Color.WHITE);
            add(chart, "training", smoothed(lines), Color.decode("#4878a8"));
            add(chart, "validation", points(lines, "validation_loss"), Color.decode("#c05020"));
            if (!chart.getSeriesMap().isEmpty()) {
                BitmapEncoder.saveBitmap(chart, png.toAbsolutePath().toString(), BitmapFormat.PNG);
            }
        } catch (IOException e) {
            throw new TrainingException(png + ": the loss curve cannot be drawn: " + e, e);
        }
    }

    private static void add(XYChart chart, String name, List<double[]> points, Color colour) {
        if (!points.isEmpty()) {
            XYSeries series = chart.addSeries(
                    name,
                    points.stream().mapToDouble(point -> point[0]).toArray(),
                    points.stream().mapToDouble(point -> point[1]).toArray());
            series.setMarker(SeriesMarkers.NONE);
            series.setLineColor(colour);
            series.setLineStyle(new BasicStroke(1.5f));
        }
    }

    private static List<double[]> points(List<JsonNode> lines, String field) {
        return lines.stream()
                .filter(line -> line.has(field))
                .map(line -> new double[] {
                    line.path("step").asDouble(), line.path(field).asDouble()
                })
                .toList();
    }

    private static List<double[]> smoothed(List<JsonNode> lines) {
        List<double[]> all = points(lines, "loss");
        int each = Math.max(1, all.size() / POINTS);
        var smoothed = new ArrayList<double[]>();
        for (int from = 0; from < all.size(); from += each) {
            List<double[]> some = all.subList(from, Math.min(all.size(), from + each));
            smoothed.add(new double[] {
                some.getLast()[0],
                some.stream().mapToDouble(point -> point[1]).average().orElseThrow()
            });
        }
        return smoothed;
    }
}
