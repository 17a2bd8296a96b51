package dev.confab.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.evaluation.Perplexity;
import dev.confab.evaluation.metric.Interval;
import dev.confab.evaluation.metric.Metric;
import dev.confab.evaluation.metric.Score;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportTest {
    private static final SystemReport PLAIN = new SystemReport(
            "small",
            Optional.of(new Perplexity(2, 1000)),
            List.of(
                    new Score(Metric.DISTINCT, List.of(0.25, 0.5), List.of()),
                    new Score(Metric.AVERAGE_LENGTH, List.of(11.5), List.of())));
    private static final SystemReport WITH_INTERVALS = new SystemReport(
            "a|b",
            Optional.of(new Perplexity(1.5, 1000)),
            List.of(
                    new Score(
                            Metric.DISTINCT,
                            List.of(0.3, 0.6),
                            List.of(new Interval(0.2, 0.4), new Interval(0.5, 0.7))),
                    new Score(Metric.AVERAGE_LENGTH, List.of(9.0), List.of(new Interval(8, 10)))));

    @Test
    void theTextHasAColumnForEachSystem() {
        assertThat(ReportTable.of(List.of(PLAIN, WITH_INTERVALS)).text()).isEqualTo("""
                              small                       a|b
                Loss         2.0000                    1.5000
                Perplexity    7.389                     4.482
                Tokens         1000                      1000
                Distinct-1   0.2500   0.3000 [0.2000, 0.4000]
                Distinct-2   0.5000   0.6000 [0.5000, 0.7000]
                Length      11.5000  9.0000 [8.0000, 10.0000]
                """);
    }

    @Test
    void theMarkdownIsATable() {
        assertThat(ReportTable.of(List.of(PLAIN, WITH_INTERVALS)).markdown()).startsWith("""
                |  | small | a\\|b |
                |---|---:|---:|
                | Loss | 2.0000 | 1.5000 |
                """);
    }

    @Test
    void thePlotHasAPanelForEachMetric(@TempDir Path folder) throws IOException {
        Path png = folder.resolve("plot.PNG");
        ReportPlot.write(List.of(PLAIN, WITH_INTERVALS), png);
        BufferedImage picture = ImageIO.read(png.toFile());
        assertThat(picture.getWidth()).isEqualTo(3 * 420);
        assertThat(picture.getHeight()).isEqualTo(320);

        assertThatThrownBy(() -> ReportPlot.write(List.of(PLAIN), folder.resolve("plot.gif")))
                .hasMessageContaining("plot.gif: a plot is a .png file");
    }

    @Test
    void theDocumentOfOneSystemIsFlatAndThatOfSeveralAList() {
        assertThat(ReportJson.of(List.of(PLAIN)))
                .hasToString("{\"loss\":2.0,\"perplexity\":7.38905609893065,\"tokens\":1000,"
                        + "\"distinct\":[0.25,0.5],\"average_length\":11.5}");
        assertThat(ReportJson.of(List.of(PLAIN, WITH_INTERVALS)).get("systems").get(1))
                .hasToString("{\"name\":\"a|b\",\"loss\":1.5,\"perplexity\":4.4816890703380645,\"tokens\":1000,"
                        + "\"distinct\":[0.3,0.6],\"average_length\":9.0,"
                        + "\"intervals\":{\"distinct\":[[0.2,0.4],[0.5,0.7]],\"average_length\":[8.0,10.0]}}");
    }
}
