package dev.confab.engine.tensor;

import dev.confab.engine.error.ConfabException;
import dev.confab.engine.tensor.Suitability.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Chooses the kernel set of this process: the engine's own, or one of a {@link KernelSetProvider} that is there. Usable
 * from any thread.
 */
public final class KernelSets {
    /** The system property with the name of the set that {@link #best} returns, in place of {@code auto}. */
    public static final String PROPERTY = "confab.kernels";

    /** The name that stands for the fastest set that runs here. */
    public static final String AUTO = "auto";

    /** Java's module of vectors, which has to be named when Java is started. */
    public static final String VECTOR_MODULE = "jdk.incubator.vector";

    private static final String VECTOR = "vector";
    private static final String SCALAR = "scalar";
    private static final AtomicBoolean WARNED_OF_MODULE = new AtomicBoolean();
    private static final AtomicBoolean WARNED_OF_PROVIDER = new AtomicBoolean();

    private KernelSets() {}

    /** The set of this process for inference: {@code auto}, unless {@link #PROPERTY} names another. */
    public static Kernels best() {
        return of(System.getProperty(PROPERTY, AUTO));
    }

    /** The set of this process for training: {@code auto}, unless {@link #PROPERTY} names another. */
    public static Kernels bestForTraining() {
        return forTraining(System.getProperty(PROPERTY, AUTO));
    }

    /** The set with this name, which rounds activations as {@link ActivationFormat#AUTO} says; see the other {@code of}. */
    public static Kernels of(String name) {
        return of(name, ActivationFormat.AUTO);
    }

    /** The set with this name, where {@code auto} stands for the fastest for training; see {@link #of}. */
    public static Kernels forTraining(String name) {
        return of(name, ActivationFormat.AUTO, Workload.TRAINING);
    }

    /**
     * The set with this name, for inference.
     *
     * @param name {@code auto}, {@code vector}, {@code scalar}, or that of a set which is not the engine's own. The first
     *     stands for the fastest that runs here: one that is not the engine's own if it promises to be faster; else
     *     vector kernels, where the Vector API's module is present; else plain loops. It always finds one; what cannot be
     *     loaded, or would be much faster, is named in one warning.
     * @param activations how far activations may be rounded
     * @throws ConfabException if there is no such set, or not on this machine
     */
    public static Kernels of(String name, ActivationFormat activations) {
        return of(name, activations, Workload.INFERENCE);
    }

    private static Kernels of(String name, ActivationFormat activations, Workload workload) {
        return switch (name) {
            case AUTO -> fastest(activations, workload);
            case SCALAR -> new ScalarKernels();
            case VECTOR -> {
                if (!hasVectorModule()) {
                    throw new ConfabException(
                            "kernels: 'vector' needs Java to be started with --add-modules " + VECTOR_MODULE);
                }
                yield vector();
            }
            default -> provided(name, activations, workload);
        };
    }

    /** The names that {@link #of} knows. */
    public static List<String> names() {
        var names = new ArrayList<>(List.of(AUTO, VECTOR, SCALAR));
        providers().forEach(provider -> names.add(provider.name()));
        return List.copyOf(names);
    }

    /** The sets that are there beside the engine's own; most programs have none. */
    public static List<KernelSetProvider> providers() {
        return Providers.ALL;
    }

    private static Kernels fastest(ActivationFormat activations, Workload workload) {
        JavaKernels base = ofJava();
        for (KernelSetProvider provider : providers()) {
            if (provider.suitability(workload).verdict() == Verdict.FASTER) {
                try {
                    return provider.create(base, activations);
                } catch (ConfabException e) {
                    warnOnce(WARNED_OF_PROVIDER, e.getMessage() + "; Confab runs on its own kernels");
                }
            }
        }
        return base;
    }

    private static Kernels provided(String name, ActivationFormat activations, Workload workload) {
        KernelSetProvider provider = providers().stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ConfabException(
                        "kernels: no set '" + name + "'; choose one of " + String.join(", ", names())));
        Suitability suitability = provider.suitability(workload);
        if (suitability.verdict() == Verdict.IMPOSSIBLE) {
            throw new ConfabException("kernels: '" + name + "' cannot run here: " + suitability.reason());
        }
        return provider.create(ofJava(), activations);
    }

    private static JavaKernels ofJava() {
        if (hasVectorModule()) {
            return vector();
        }
        warnOnce(
                WARNED_OF_MODULE,
                "Confab runs on plain loops, several times slower than it could: start Java with --add-modules "
                        + VECTOR_MODULE);
        return new ScalarKernels();
    }

    private static void warnOnce(AtomicBoolean warned, String message) {
        if (warned.compareAndSet(false, true)) {
            System.getLogger(KernelSets.class.getName()).log(System.Logger.Level.WARNING, message);
        }
    }

    /** Whether Java was started with the module of vectors. */
    public static boolean hasVectorModule() {
        return ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();
    }

    /** In a method of its own, so that a JVM without the module never has to load the class. */
    private static JavaKernels vector() {
        return new VectorKernels();
    }

    /** Found once, when somebody asks first. */
    private static final class Providers {
        static final List<KernelSetProvider> ALL = find();

        private static List<KernelSetProvider> find() {
            try {
                return ServiceLoader.load(KernelSetProvider.class, KernelSets.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList();
            } catch (ServiceConfigurationError e) {
                warnOnce(WARNED_OF_PROVIDER, "a kernel set cannot be used: " + e.getMessage());
                return List.of();
            }
        }
    }
}
