package dev.confab.engine.tensor;

/** One of the engine's own kernel sets, which need nothing but Java. Immutable; usable from any thread. */
public sealed interface JavaKernels extends Kernels permits ScalarKernels, VectorKernels {
    /** How packed weights lie in memory. */
    PanelLayout panels();

    @Override
    default String layout() {
        return panels().name();
    }
}
