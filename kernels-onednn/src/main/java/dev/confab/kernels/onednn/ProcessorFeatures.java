package dev.confab.kernels.onednn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What Linux says about the processor.
 *
 * @param name the model, as its maker calls it
 * @param flags instructions that it has, such as {@code avx512_vnni}
 */
record ProcessorFeatures(String name, Set<String> flags) {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private static final class ThisMachine {
        static final ProcessorFeatures FEATURES = read(CPU_INFO);
    }

    /** Those of this machine: no flags where they cannot be read. */
    static ProcessorFeatures ofThisMachine() {
        return ThisMachine.FEATURES;
    }

    static ProcessorFeatures read(Path cpuInfo) {
        try (Stream<String> lines = Files.lines(cpuInfo)) {
            String name = "";
            // The first processor stands for all.
            for (String line : (Iterable<String>) lines::iterator) {
                if (line.startsWith("model name")) {
                    name = value(line);
                } else if (line.startsWith("flags")) {
                    return new ProcessorFeatures(
                            name, Set.copyOf(List.of(value(line).split(" "))));
                }
            }
        } catch (IOException | UncheckedIOException e) {
            System.getLogger(ProcessorFeatures.class.getName())
                    .log(System.Logger.Level.DEBUG, "cannot read " + cpuInfo, e);
        }
        return new ProcessorFeatures("", Set.of());
    }

    private static String value(String line) {
        return line.substring(line.indexOf(':') + 1).strip();
    }

    /** Whether vectors of 256 bits can be multiplied and added at once: the least that is worth loading oneDNN for. */
    boolean hasVectors() {
        return flags.contains("avx2") && flags.contains("fma");
    }

    /** Whether sums of products of 8-bit integers are exact: without these instructions they saturate at 16 bits. */
    boolean hasVnni() {
        return flags.contains("avx512_vnni") || flags.contains("avx_vnni") || flags.contains("amx_int8");
    }

    /** Whether bf16 numbers are multiplied as they are. */
    boolean hasBf16() {
        return flags.contains("avx512_bf16") || flags.contains("amx_bf16");
    }
}
