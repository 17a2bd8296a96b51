package dev.confab.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.engine.error.ConfabException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("vector-widths")
@Tag("plain-loops")
final class KernelSetsTest {
    private static final String FLAG = "--add-modules jdk.incubator.vector";

    /** The build runs the tests at several vector widths and without vectors; this tells that it really does. */
    @Test
    void theBestSetIsTheOneThatThisRunIsMeantFor() {
        String meant = System.getProperty("confab.test.kernels", "vector");
        assertThat(KernelSets.best().name()).startsWith(meant);
        assertThat(KernelSets.of("auto").name()).startsWith(meant);
    }

    @Test
    void plainLoopsCanAlwaysBeAskedFor() {
        assertThat(KernelSets.of("scalar").name()).isEqualTo("scalar");
    }

    @Test
    void anUnknownSetIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> KernelSets.of("gpu"))
                .isInstanceOf(ConfabException.class)
                .hasMessageContainingAll("'gpu'", "auto", "vector", "scalar");
    }

    @Test
    void layoutsOfEqualNamesAreEqual() {
        for (Kernels kernels : TestKernels.sets()) {
            assertThat(kernels.layout())
                    .isEqualTo("panel" + TestKernels.panels(kernels).panelWidth());
        }
    }

    @Test
    void withoutTheVectorModulePlainLoopsRunAndOneWarningNamesTheFlag() throws Exception {
        String output = runWithoutVectorModule();
        assertThat(output).contains("best: scalar", "again: scalar", "refused: ");
        assertThat(output.lines().filter(line -> line.startsWith("refused: ")).toList())
                .singleElement()
                .asString()
                .contains("'vector'", FLAG);
        assertThat(output.lines().filter(line -> !line.startsWith("refused: ") && line.contains(FLAG)))
                .hasSize(1);
    }

    private static String runWithoutVectorModule() throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java, "-cp", classPath(), "-Xshare:auto", WithoutVectorModule.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static String classPath() {
        String whole = System.getProperty("surefire.test.class.path");
        return whole != null ? whole : System.getProperty("java.class.path") + File.pathSeparator;
    }

    /** The program that runs in a Java of its own. */
    static final class WithoutVectorModule {
        private WithoutVectorModule() {}

        public static void main(String[] args) {
            System.out.println("best: " + KernelSets.best().name());
            System.out.println("again: " + KernelSets.best().name());
            try {
                KernelSets.of("vector");
            } catch (ConfabException e) {
                System.out.println("refused: " + e.getMessage());
            }
        }
    }
}
