package dev.confab.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Starts the packaged program through its launcher, copied to a folder with a space in its name. */
@DisabledOnOs(OS.WINDOWS)
class LauncherIT {
    private static final Path PACKAGE = Path.of("target").toAbsolutePath();

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static Path home;
    private static Path launcher;

    @BeforeAll
    static void copyTheProgram() throws IOException {
        home = shared.resolve("a folder");
        launcher = home.resolve("confab");
        Path target = Files.createDirectories(home.resolve("app/target"));
        Files.copy(PACKAGE.resolve("../../confab"), launcher);
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.copy(PACKAGE.resolve("confab.jar"), target.resolve("confab.jar"));
        Files.createSymbolicLink(target.resolve("lib"), PACKAGE.resolve("lib"));
    }

    @Test
    void itRunsFromAnywhereThroughALinkAndPassesArgumentsOn() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), launcher);

        Finished finished = run(Map.of(), link.toString(), "tokenize", "--model", Shell.TOKENIZER, "two  words");

        assertThat(finished.exitCode()).as(finished.err()).isZero();
        assertThat(finished.out())
                .isEqualTo(new Shell()
                        .run("tokenize", "--model", Shell.TOKENIZER, "two  words")
                        .out());
    }

    @Test
    void exitCodesPassThroughAndOneLineIsOurs() throws Exception {
        Finished usage = run(Map.of(), launcher.toString(), "generate", "--no-such-option", "hi");
        Finished failure = run(
                Map.of(),
                launcher.toString(),
                "tokenize",
                "--model",
                folder.resolve("no").toString(),
                "hi");

        assertThat(usage.exitCode()).isEqualTo(2);
        assertThat(failure.exitCode()).isEqualTo(1);
        assertThat(failure.err().lines().filter(line -> line.startsWith("confab: ")))
                .hasSize(1);
    }

    @Test
    void javasClassCacheIsKeptAndASecondStartUsesIt() throws Exception {
        run(Map.of(), launcher.toString(), "--version");
        List<Path> caches = caches();
        assertThat(caches).hasSize(1);
        var written = Files.getLastModifiedTime(caches.getFirst());

        Finished second = run(Map.of(), launcher.toString(), "--version");

        assertThat(second.out()).startsWith("confab ");
        assertThat(Files.getLastModifiedTime(caches.getFirst())).isEqualTo(written);
    }

    @Test
    void aSecondStartReadsNoClassOfTheCommandLineFromItsJar() throws Exception {
        run(Map.of(), launcher.toString(), "--version");
        Path log = folder.resolve("classes");

        Finished second =
                run(Map.of("CONFAB_JAVA_OPTIONS", "-Xlog:class+load:file=" + log), launcher.toString(), "--version");

        assertThat(second.exitCode()).as(second.err()).isZero();
        assertThat(Files.readAllLines(log).stream().filter(line -> line.contains(" picocli.CommandLine")))
                .hasSizeGreaterThan(100)
                .allMatch(line -> line.endsWith("source: shared objects file"));
        assertThat(home.resolve("app/target/native")).isDirectoryContaining("glob:**sqlitejdbc.*");
    }

    @Test
    void aDamagedArchiveOfClassesIsMadeAnew() throws Exception {
        run(Map.of(), launcher.toString(), "--version");
        Path archive = caches().getFirst();
        byte[] whole = Files.readAllBytes(archive);
        byte[] overwritten = whole.clone();
        Arrays.fill(overwritten, 0, 1000, (byte) 'x');

        for (byte[] damaged : List.of(Arrays.copyOf(whole, 100_000), overwritten)) {
            Files.write(archive, damaged);
            Finished mended = run(Map.of(), launcher.toString(), "--version");
            assertThat(mended.out()).startsWith("confab ");
            assertThat(mended.err()).contains("getting ready for quick starts");
            assertThat(Files.size(archive)).isGreaterThan(whole.length / 2);
        }
    }

    @Test
    void whoIsInterruptedWhileItStartsLeavesNoLock() throws Exception {
        for (Path archive : caches()) {
            Files.delete(archive);
        }
        Process start = new ProcessBuilder(launcher.toString(), "--version")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(home.resolve("app/target/confab.lock/owner")));
        start.descendants().forEach(ProcessHandle::destroy);
        start.destroy();

        assertThat(start.waitFor()).isNotZero();
        assertThat(home.resolve("app/target/confab.lock")).doesNotExist();
        assertThat(run(Map.of(), launcher.toString(), "--version").out()).startsWith("confab ");
    }

    @Test
    void tooLittleMemoryIsALineThatSaysWhatToDo() throws Exception {
        Finished finished = run(Map.of("CONFAB_JAVA_OPTIONS", "-Xmx12m"), launcher.toString(), "serve", "--port", "0");

        assertThat(finished.exitCode()).isEqualTo(1);
        assertThat(finished.err().lines().filter(line -> line.startsWith("confab: ")))
                .singleElement()
                .asString()
                .contains("out of memory", "CONFAB_JAVA_OPTIONS");
    }

    @Test
    void firstStartsSideBySideDoNotDisturbEachOther() throws Exception {
        for (Path cache : caches()) {
            Files.delete(cache);
        }
        List<Process> starts = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            starts.add(new ProcessBuilder(launcher.toString(), "--version")
                    .redirectOutput(folder.resolve("out" + i).toFile())
                    .redirectError(folder.resolve("err" + i).toFile())
                    .start());
        }
        for (int i = 0; i < starts.size(); i++) {
            assertThat(starts.get(i).waitFor()).isZero();
            assertThat(folder.resolve("out" + i)).content().startsWith("confab ");
        }
        assertThat(caches()).hasSize(1);
        assertThat(home.resolve("app/target/confab.lock")).doesNotExist();
    }

    @Test
    void withoutAJavaItSaysInOneLineWhatToInstall() throws Exception {
        Finished none = run(
                Map.of(
                        "CONFAB_JAVA_PLACES",
                        "",
                        "JAVA_HOME",
                        "",
                        "PATH",
                        pathWithoutJava().toString()),
                launcher.toString());
        Finished wrong = run(Map.of("CONFAB_JAVA_HOME", folder.toString()), launcher.toString());

        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.err()).hasLineCount(1).contains("JDK 25", "adoptium.net");
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.err()).hasLineCount(1).contains("CONFAB_JAVA_HOME=" + folder);
    }

    /** A folder with the few tools that the launcher needs. */
    private Path pathWithoutJava() throws IOException {
        Path tools = Files.createDirectories(folder.resolve("tools"));
        for (String tool : List.of("sh", "dirname", "readlink", "sed", "cat", "cksum", "cut")) {
            for (String place : List.of("/bin", "/usr/bin")) {
                Path real = Path.of(place, tool);
                if (Files.exists(real) && !Files.exists(tools.resolve(tool))) {
                    Files.createSymbolicLink(tools.resolve(tool), real);
                }
            }
        }
        return tools;
    }

    private List<Path> caches() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("app/target"))) {
            return files.filter(file -> file.toString().endsWith(".jsa")).toList();
        }
    }

    private Finished run(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        int exitCode = builder.start().waitFor();
        return new Finished(exitCode, Files.readString(out), Files.readString(err));
    }

    /**
     * A process that has ended.
     *
     * @param exitCode its exit code
     * @param out all of standard output
     * @param err all of standard error
     */
    private record Finished(int exitCode, String out, String err) {}
}
