package dev.confab.app;

import com.sun.management.OperatingSystemMXBean;
import dev.confab.engine.tensor.KernelSetProvider;
import dev.confab.engine.tensor.KernelSets;
import dev.confab.engine.tensor.Kernels;
import dev.confab.engine.tensor.Suitability;
import dev.confab.engine.tensor.Suitability.Verdict;
import dev.confab.engine.tensor.Workload;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.StringJoiner;

/** Looks at Java, the processor and the memory. */
final class MachineCheck {
    private static final long ROOM_FOR_MEDIUM = 2L << 30;

    private MachineCheck() {}

    static List<Finding> findings() {
        return List.of(java(), vectors(), kernels(), processors(), memory());
    }

    private static Finding java() {
        return Finding.good("java", Runtime.version() + " in " + System.getProperty("java.home"));
    }

    private static Finding vectors() {
        if (!KernelSets.hasVectorModule()) {
            return Finding.warning(
                    "vectors",
                    "the module jdk.incubator.vector is not loaded: replies come many times slower",
                    "start with ./confab, or give java --add-modules jdk.incubator.vector");
        }
        return Finding.good("vectors", "the module jdk.incubator.vector is loaded");
    }

    /** The kernel set of this process, and why others that are there were not chosen. */
    private static Finding kernels() {
        Kernels best = KernelSets.best();
        var found = new StringJoiner("; ").add(best.name());
        for (KernelSetProvider provider : KernelSets.providers()) {
            Suitability suitability = provider.suitability(Workload.INFERENCE);
            boolean chosen = best.name().startsWith(provider.name());
            if (!chosen && suitability.verdict() == Verdict.FASTER) {
                return Finding.warning(
                        "kernels",
                        best.name() + "; " + provider.name() + " would be faster, but could not be loaded",
                        "confab bench --kernels " + provider.name() + " says why");
            }
            found.add(provider.name() + (chosen ? ": " : " is not chosen: ") + suitability.reason());
            Suitability training = provider.suitability(Workload.TRAINING);
            if (!chosen && training.verdict() == Verdict.FASTER) {
                found.add("chosen for training: " + training.reason());
            }
        }
        best.decisions().forEach(found::add);
        return Finding.good("kernels", found.toString());
    }

    private static Finding processors() {
        int processors = Runtime.getRuntime().availableProcessors();
        String found = processors + (processors == 1 ? " processor" : " processors") + " available to Java";
        return processors > 1
                ? Finding.good("processors", found)
                : Finding.warning(
                        "processors",
                        found,
                        "a model answers about twice as fast on two; lift the limit if there is one");
    }

    private static Finding memory() {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long total = system.getTotalMemorySize();
        String found =
                "%.1f GiB, %.1f GiB of it free".formatted(gibibytes(total), gibibytes(system.getFreeMemorySize()));
        return total >= ROOM_FOR_MEDIUM
                ? Finding.good("memory", found)
                : Finding.warning(
                        "memory", found, "DialoGPT-medium needs about 2 GiB; use DialoGPT-small, or --weights q4");
    }

    private static double gibibytes(long bytes) {
        return bytes / (double) (1L << 30);
    }
}
