package dev.confab.kernels.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.engine.error.ConfabException;
import dev.confab.engine.tensor.ActivationFormat;
import dev.confab.engine.tensor.JavaKernels;
import dev.confab.engine.tensor.KernelSetProvider;
import dev.confab.engine.tensor.KernelSets;
import dev.confab.engine.tensor.Kernels;
import dev.confab.engine.tensor.Suitability;
import dev.confab.engine.tensor.Suitability.Verdict;
import dev.confab.engine.tensor.Workload;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OneDnnProviderTest {
    private static final String SERVICE = "META-INF/services/" + KernelSetProvider.class.getName();

    @TempDir
    Path folder;

    @Test
    void theEngineFindsTheSetByItsName() {
        assertThat(KernelSets.names()).contains("onednn");
        Kernels kernels = KernelSets.of("onednn");
        assertThat(kernels.name()).startsWith("onednn-");
        assertThat(kernels.layout())
                .as("converted weights serve both sets")
                .isEqualTo(KernelSets.of("vector").layout());
    }

    @Test
    void itPromisesToBeFasterOnlyWhereJavaDoesNotReachTheUnits() {
        assertThat(of("avx2", "fma", "avx512_vnni", "avx512_bf16").verdict()).isEqualTo(Verdict.FASTER);
        assertThat(of("avx2", "fma", "avx_vnni"))
                .isEqualTo(new Suitability(Verdict.FASTER, "the processor has VNNI units"));
        assertThat(of("avx2", "fma", "avx512f").verdict()).isEqualTo(Verdict.POSSIBLE);
        assertThat(of("sse4_1").verdict()).isEqualTo(Verdict.IMPOSSIBLE);
    }

    @Test
    void autoTrainsWithItOnEveryProcessorWithAvx2() {
        assertThat(forTraining("avx2", "fma").verdict()).isEqualTo(Verdict.FASTER);
        assertThat(forTraining("sse4_1").verdict()).isEqualTo(Verdict.IMPOSSIBLE);
        assertThat(KernelSets.forTraining(KernelSets.AUTO).name()).startsWith("onednn-");
        assertThat(KernelSets.forTraining("vector").name()).startsWith("vector-");
    }

    private static Suitability of(String... flags) {
        return OneDnnProvider.of(new ProcessorFeatures("some processor", Set.of(flags)), Workload.INFERENCE);
    }

    private static Suitability forTraining(String... flags) {
        return OneDnnProvider.of(new ProcessorFeatures("some processor", Set.of(flags)), Workload.TRAINING);
    }

    @Test
    void aFileOfAProcessorIsRead() throws IOException {
        Path file = Files.writeString(folder.resolve("cpuinfo"), """
                processor\t: 0
                model name\t: Some Processor 9000
                flags\t\t: fpu avx2 fma avx512_vnni

                processor\t: 1
                flags\t\t: fpu
                """);
        assertThat(ProcessorFeatures.read(file))
                .isEqualTo(new ProcessorFeatures("Some Processor 9000", Set.of("fpu", "avx2", "fma", "avx512_vnni")));
        assertThat(ProcessorFeatures.read(folder.resolve("none")).hasVectors()).isFalse();
    }

    @Test
    void autoFallsBackToTheEnginesKernelsWithOneWarningIfTheSetCannotBeLoaded() throws Exception {
        Path services = folder.resolve("first");
        Files.createDirectories(services.resolve("META-INF/services"));
        Files.writeString(services.resolve(SERVICE), UnloadableProvider.class.getName());

        String output = run(services, Map.of());

        assertThat(output).contains("best: vector-", "again: vector-");
        assertThat(output.split("the library is damaged", -1).length - 1).isEqualTo(2);
        assertThat(output).contains("asked for: the library is damaged", "; Confab runs on its own kernels");
    }

    @Test
    void aCacheFolderThatCannotBeWrittenIsAnErrorThatNamesIt() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "in the way");

        String output = run(folder, Map.of("XDG_CACHE_HOME", file.toString()));

        assertThat(output).contains("asked for: oneDNN: cannot unpack its library to " + file, "XDG_CACHE_HOME");
    }

    private static String run(Path beforeOthers, Map<String, String> environment)
            throws IOException, InterruptedException {
        return ForkedJava.run(
                beforeOthers + File.pathSeparator + ForkedJava.classPath(), environment, List.of(), Choosing.class);
    }

    /** Promises much, and cannot be loaded. */
    public static final class UnloadableProvider implements KernelSetProvider {
        @Override
        public String name() {
            return "unloadable";
        }

        @Override
        public Suitability suitability(Workload workload) {
            return new Suitability(Verdict.FASTER, "it says so");
        }

        @Override
        public Kernels create(JavaKernels base, ActivationFormat activations) {
            throw new ConfabException("the library is damaged");
        }
    }

    /** The program that runs in a Java of its own. */
    static final class Choosing {
        private Choosing() {}

        public static void main(String[] args) {
            boolean unloadable = KernelSets.names().contains("unloadable");
            if (unloadable) {
                System.out.println("best: " + KernelSets.best().name());
                System.out.println("again: " + KernelSets.best().name());
            }
            try {
                KernelSets.of(unloadable ? "unloadable" : "onednn");
            } catch (ConfabException e) {
                System.out.println("asked for: " + e.getMessage());
            }
        }
    }
}
