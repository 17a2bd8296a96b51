package dev.confab.kernels.onednn;

import dev.confab.engine.error.ConfabException;
import dev.confab.engine.tensor.ActivationFormat;
import dev.confab.engine.tensor.JavaKernels;
import dev.confab.engine.tensor.KernelSetProvider;
import dev.confab.engine.tensor.KernelSets;
import dev.confab.engine.tensor.Kernels;
import dev.confab.engine.tensor.Suitability;
import dev.confab.engine.tensor.Suitability.Verdict;
import dev.confab.engine.tensor.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Offers oneDNN to the engine. For Linux on x86-64 with AVX2; it promises to be faster where the processor has
 * instructions that Java's Vector API does not reach. Stateless; usable from any thread.
 */
public final class OneDnnProvider implements KernelSetProvider {
    /** What the service loader makes; there is no other use for it. */
    public OneDnnProvider() {}

    @Override
    public String name() {
        return "onednn";
    }

    @Override
    public Suitability suitability(Workload workload) {
        String system = System.getProperty("os.name", "") + " on " + System.getProperty("os.arch", "");
        if (!system.equals("Linux on amd64")) {
            return new Suitability(Verdict.IMPOSSIBLE, "its library is for Linux on x86-64, and this is " + system);
        }
        if (!KernelSets.hasVectorModule()) {
            return new Suitability(
                    Verdict.IMPOSSIBLE, "it needs Java to be started with --add-modules " + KernelSets.VECTOR_MODULE);
        }
        return of(ProcessorFeatures.ofThisMachine(), workload);
    }

    static Suitability of(ProcessorFeatures processor, Workload workload) {
        if (!processor.hasVectors()) {
            return new Suitability(Verdict.IMPOSSIBLE, "the processor has no AVX2");
        }
        if (workload == Workload.TRAINING) {
            return new Suitability(Verdict.FASTER, "it multiplies 32-bit floats faster");
        }
        List<String> units = new ArrayList<>();
        if (processor.hasVnni()) {
            units.add("VNNI");
        }
        if (processor.hasBf16()) {
            units.add("bf16");
        }
        return units.isEmpty()
                ? new Suitability(Verdict.POSSIBLE, "the processor has neither VNNI nor bf16 units")
                : new Suitability(Verdict.FASTER, "the processor has " + String.join(" and ", units) + " units");
    }

    @Override
    public Kernels create(JavaKernels base, ActivationFormat activations) {
        int width = base.panels().width();
        if (width != PanelVectors.WIDTH) {
            throw new ConfabException(String.format(
                    Locale.ROOT,
                    "kernels: 'onednn' needs vectors as wide as the processor's, whose panels have %d outputs, not %d;"
                            + " start Java without -Dconfab.vector.bits",
                    PanelVectors.WIDTH,
                    width));
        }
        return new OneDnnKernels(base, Dnnl.load(), activations, Paths.ofThisProcess());
    }
}
