package dev.confab.engine.tensor;

import dev.confab.engine.error.ConfabException;

/**
 * Makes a kernel set that is not the engine's own, such as one on a native library. Found with
 * {@link java.util.ServiceLoader}; {@link KernelSets} chooses. Stateless; usable from any thread.
 *
 * <p>Such a set builds on the engine's: it multiplies the same packed matrices ({@link PanelLayout}), so that weights
 * which were converted once serve all sets, and leaves to the engine's kernels what those do as well.
 */
public interface KernelSetProvider {
    /** The set's name, as users write it. */
    String name();

    /**
     * What the set promises on this machine. Cheap: it is asked at every start, and may load no native code.
     *
     * @param workload what it would be used for
     */
    Suitability suitability(Workload workload);

    /**
     * Makes the set, loading what it needs.
     *
     * @param base the engine's own kernels, for the rest of the work
     * @param activations how far activations may be rounded
     * @throws ConfabException if it cannot be loaded, with what to do about it
     */
    Kernels create(JavaKernels base, ActivationFormat activations);
}
