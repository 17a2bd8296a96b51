package dev.confab.kernels.onednn;

import dev.confab.engine.model.LoadOptions;
import dev.confab.engine.tensor.ActivationFormat;
import dev.confab.engine.tensor.Kernels;
import dev.confab.engine.tensor.WeightFormat;
import java.nio.file.Path;
import java.util.Optional;

/** How tests load models. */
final class Models {
    private Models() {}

    /** A set that multiplies two rows and more on oneDNN, however slowly, and so measures nothing. */
    static Kernels onOneDnn(ActivationFormat activations) {
        var nothingMeasured = new SpeedRecord(Path.of("no-record-of-speeds"));
        return new OneDnnKernels(Matrices.JAVA, Dnnl.load(), activations, new Paths(nothingMeasured, false));
    }

    /** With two threads. */
    static LoadOptions options(WeightFormat weights, Kernels kernels) {
        return new LoadOptions(Optional.of(weights), 2, kernels, 64 << 20, Optional.empty(), bytes -> {});
    }
}
