package dev.confab.app;

import com.sun.management.OperatingSystemMXBean;
import dev.confab.engine.tensor.KernelSets;
import java.lang.management.ManagementFactory;
import java.util.List;

/** Looks at Java, the processor and the memory. */
final class MachineCheck {
    private static final long ROOM_FOR_MEDIUM = 2L << 30;

    private MachineCheck() {}

    static List<Finding> findings() {
        return List.of(java(), vectors(), processors(), memory());
    }

    private static Finding java() {
        return Finding.good("java", Runtime.version() + " in " + System.getProperty("java.home"));
    }

    private static Finding vectors() {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            return Finding.warning(
                    "vectors",
                    "the module jdk.incubator.vector is not loaded: replies come many times slower",
                    "start with ./confab, or give java --add-modules jdk.incubator.vector");
        }
        return Finding.good("vectors", "kernels " + KernelSets.best().name());
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
