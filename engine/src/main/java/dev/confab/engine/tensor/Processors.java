package dev.confab.engine.tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the machine's processor offers. */
public final class Processors {
    private static final Path LINUX_TOPOLOGY = Path.of("/sys/devices/system/cpu");

    private Processors() {}

    /**
     * How many threads the kernels are fastest with: one for each physical core, as two on one core only share its
     * vector units; never more than this process may use. Where the operating system does not tell cores from hardware
     * threads, one for each processor.
     */
    public static int physicalCores() {
        int available = Runtime.getRuntime().availableProcessors();
        try (var processors = Files.newDirectoryStream(LINUX_TOPOLOGY, "cpu[0-9]*")) {
            var cores = new java.util.HashSet<String>();
            for (Path processor : processors) {
                Path siblings = processor.resolve("topology/core_cpus_list");
                if (Files.isReadable(siblings)) {
                    cores.add(Files.readString(siblings));
                }
            }
            return cores.isEmpty() ? available : Math.min(available, cores.size());
        } catch (IOException | UncheckedIOException e) {
            return available;
        }
    }
}
