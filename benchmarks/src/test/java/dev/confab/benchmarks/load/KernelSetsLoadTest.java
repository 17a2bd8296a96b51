package dev.confab.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.engine.Fixtures;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Starts real servers through a launcher, which runs the command line of this build. */
@DisabledOnOs(OS.WINDOWS)
final class KernelSetsLoadTest {
    private static final String TINY = Fixtures.model("tiny-a/st-f32").toString();

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path launcher;

    @BeforeEach
    void makeALauncher() throws IOException {
        launcher = Files.writeString(folder.resolve("confab"), """
                #!/bin/sh
                export HF_HOME='%s'
                exec '%s/bin/java' --add-modules jdk.incubator.vector $CONFAB_JAVA_OPTIONS -cp '%s' dev.confab.app.Confab "$@"
                """.formatted(
                        folder, System.getProperty("java.home"), System.getProperty("java.class.path")));
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void theSamePeopleMeetAServerWithEachKernelSet() {
        int exitCode = run("--kernels", "scalar,auto", "--json", "--", "--model", TINY, "--threads", "1");

        assertThat(exitCode).as(err.toString()).isZero();
        JsonNode reports = JsonMapper.shared().readTree(out.toString());
        assertThat(reports.size()).isEqualTo(2);
        assertThat(reports.at("/0/kernels").asString()).isEqualTo("scalar");
        assertThat(reports.at("/1/kernels").asString()).matches("auto: (vector|onednn).*");
        for (JsonNode report : reports) {
            assertThat(report.path("replies").asInt()).as(report.toString()).isPositive();
            assertThat(report.path("errors").size()).as(report.toString()).isZero();
            assertThat(report.path("people").asInt()).isEqualTo(3);
            assertThat(report.at("/first_token_ms/p50").asDouble()).isPositive();
        }
        assertThat(err.toString())
                .contains("Computing with scalar kernels, 1 thread.")
                .doesNotContain("status=200");
        assertThat(servers()).isEmpty();
    }

    @Test
    void aServerThatDoesNotStartSaysWhyAndWhatCameOfOthersIsPrintedAllTheSame() {
        int exitCode = run("--kernels", "scalar,cobalt", "--", "--model", TINY);

        assertThat(exitCode).isEqualTo(1);
        assertThat(out.toString().lines()).hasSize(3).last().asString().matches("scalar +\\d+ .* none");
        assertThat(err.toString().lines().filter(line -> line.contains("cobalt")))
                .hasSize(3)
                .anyMatch(line -> line.startsWith("confab: "))
                .last()
                .asString()
                .startsWith("LoadTest: ")
                .contains("serve --kernels cobalt", "ended before it was ready");
        assertThat(servers()).isEmpty();
    }

    @Test
    void aLauncherThatIsNotThereIsNamed() {
        launcher = folder.resolve("nowhere");

        assertThat(run("--kernels", "scalar")).isEqualTo(1);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).hasLineCount(1).contains(launcher + " is no program", "--launcher");
    }

    @Test
    void whatBelongsToAServerThatRunsIsRefused() {
        assertThat(run("--kernels", "scalar", "--url", "http://127.0.0.1:1/v1")).isEqualTo(2);
        assertThat(run("--", "--weights", "q8")).isEqualTo(2);
        assertThat(err.toString()).contains("--url is for a server that runs", "--weights: a server that runs");
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--launcher", launcher.toString(), "--model", "tiny"));
        all.addAll(List.of("--people", "3", "--seconds", "1", "--warm-up", "0", "--turns", "3"));
        all.addAll(List.of("--new-tokens", "5", "--pace", "0"));
        all.addAll(List.of(arguments));
        return LoadTest.run(new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
    }

    /** Those of this process that still run. */
    private static List<ProcessHandle> servers() {
        return ProcessHandle.current().children().filter(ProcessHandle::isAlive).toList();
    }
}
