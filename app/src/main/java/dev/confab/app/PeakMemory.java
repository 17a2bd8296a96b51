package dev.confab.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The most memory that this process has had in use. */
final class PeakMemory {
    private static final Path LINUX_STATUS = Path.of("/proc/self/status");

    private PeakMemory() {}

    /** In megabytes of 2^20 bytes: resident memory on Linux, elsewhere what the Java heap has in use now. */
    static long megabytes() {
        try (var lines = Files.lines(LINUX_STATUS)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
                    .findFirst()
                    .orElseGet(PeakMemory::heapMegabytes);
        } catch (IOException e) {
            return heapMegabytes();
        }
    }

    private static long heapMegabytes() {
        return Runtime.getRuntime().totalMemory() >> 20;
    }
}
