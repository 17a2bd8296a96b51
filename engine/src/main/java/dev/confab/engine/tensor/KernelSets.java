package dev.confab.engine.tensor;

import dev.confab.engine.error.ConfabException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Chooses the kernel set of this process. */
public final class KernelSets {
    private static final String VECTOR_MODULE = "jdk.incubator.vector";
    private static final AtomicBoolean WARNED = new AtomicBoolean();

    private KernelSets() {}

    /**
     * The fastest set that runs here: vector kernels where the Vector API's module is present, else plain loops with one
     * warning that names the missing flag.
     */
    public static Kernels best() {
        if (hasVectorModule()) {
            return vector();
        }
        if (WARNED.compareAndSet(false, true)) {
            System.getLogger(KernelSets.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "Confab runs on plain loops, several times slower than it could: start Java with"
                                    + " --add-modules " + VECTOR_MODULE);
        }
        return new ScalarKernels();
    }

    /**
     * The set with this name.
     *
     * @param name {@code auto}, {@code vector} or {@code scalar}
     * @throws ConfabException if there is no such set, or not on this machine
     */
    public static Kernels of(String name) {
        return switch (name) {
            case "auto" -> best();
            case "scalar" -> new ScalarKernels();
            case "vector" -> {
                if (!hasVectorModule()) {
                    throw new ConfabException(
                            "kernels: 'vector' needs Java to be started with --add-modules " + VECTOR_MODULE);
                }
                yield vector();
            }
            default -> throw new ConfabException("kernels: no set '" + name + "'; choose auto, vector or scalar");
        };
    }

    private static boolean hasVectorModule() {
        return ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();
    }

    /** In a method of its own, so that a JVM without the module never has to load the class. */
    private static Kernels vector() {
        return new VectorKernels();
    }
}
