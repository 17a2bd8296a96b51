package dev.confab.kernels.onednn;

import dev.confab.engine.tensor.ActivationFormat;
import dev.confab.engine.tensor.WeightFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Decides which path multiplies: by what was measured on this machine, once, when a model first needs it. A decision stands
 * for as long as the record of it, so that equal requests have equal answers. Immutable; usable from any thread.
 *
 * @param record what was measured
 * @param measured whether speeds decide; if not, oneDNN multiplies whatever it can
 */
record Paths(SpeedRecord record, boolean measured) {
    /** {@code onednn} makes oneDNN multiply whatever it can, however slowly: for tests and comparisons. */
    static final String PROPERTY = "confab.onednn.paths";

    static Paths ofThisProcess() {
        return new Paths(
                new SpeedRecord(NativeLibrary.cacheFolder().resolve("speeds.properties")),
                !System.getProperty(PROPERTY, "measured").equals("onednn"));
    }

    /**
     * The best path for rows of a class: empty for the engine's own kernels.
     *
     * @param products what can be measured
     */
    Optional<Arithmetic> choose(
            WeightFormat format,
            ActivationFormat activations,
            RowClass rows,
            String machine,
            PanelProducts products,
            SpeedMeasurement measurement) {
        List<Arithmetic> allowed = Arithmetic.of(format, activations.beside(format)).stream()
                .filter(a -> products.supports(a, rows.typical(), WeightFormat.GROUP))
                .toList();
        if (allowed.isEmpty()) {
            return Optional.empty();
        }
        if (!measured) {
            return Optional.of(allowed.getFirst());
        }
        String key = machine + ", " + format.label() + " weights, " + rows.range() + " rows";
        Speeds speeds = record.find(key).orElseGet(() -> {
            Speeds found = measurement.of(format, rows);
            record.put(key, found);
            return found;
        });
        return speeds.fastest(allowed);
    }

    /** What was measured on this machine, a line for each format and class of rows. */
    List<String> decisions(String machine) {
        return record.all().entrySet().stream()
                .filter(e -> e.getKey().startsWith(machine + ", "))
                .map(e -> String.format(
                        Locale.ROOT, "%s: %s GFLOP/s", e.getKey().substring(machine.length() + 2), e.getValue()))
                .toList();
    }
}
