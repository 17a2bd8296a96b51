/** An optional kernel set on oneDNN, which the engine finds by itself. */
module dev.confab.kernels.onednn {
    requires dev.confab.engine;
    requires static jdk.incubator.vector;
    requires static org.jspecify;

    provides dev.confab.engine.tensor.KernelSetProvider with
            dev.confab.kernels.onednn.OneDnnProvider;
}
