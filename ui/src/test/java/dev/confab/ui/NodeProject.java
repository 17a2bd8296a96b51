package dev.confab.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A module's project in {@code src/test/node}, with its packages installed below {@code target}. Where node is missing, tests
 * that need it are skipped and say so, unless {@code CONFAB_REQUIRE_NODE} is set.
 */
public final class NodeProject {
    private static final Path SOURCE = Path.of("src", "test", "node");
    private static final Path FOLDER = Path.of("target", "node");
    private static final long LIMIT_SECONDS = 120;
    private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");

    private NodeProject() {}

    /** Installs the packages that the lock file names, unless they are there. */
    public static synchronized void install() throws IOException, InterruptedException {
        requireNode();
        Path lock = SOURCE.resolve("package-lock.json");
        Path installed = FOLDER.resolve("node_modules").resolve("package-lock.json");
        boolean current = Files.exists(installed) && Files.mismatch(lock, installed) < 0;
        Files.createDirectories(FOLDER);
        try (Stream<Path> files = Files.list(SOURCE)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, FOLDER.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (!current) {
            execute(WINDOWS ? "npm.cmd" : "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
            Files.copy(lock, installed, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Runs a script of the project and returns the JSON that it prints last. */
    public static JsonNode run(String script, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("node", script));
        command.addAll(List.of(arguments));
        String printed = execute(command.toArray(String[]::new));
        return JsonMapper.shared()
                .readTree(printed.substring(printed.stripTrailing().lastIndexOf('\n') + 1));
    }

    private static void requireNode() throws InterruptedException {
        try {
            if (new ProcessBuilder("node", "--version").start().waitFor() == 0) {
                return;
            }
        } catch (IOException e) {
            // not found: told below
        }
        if (System.getenv("CONFAB_REQUIRE_NODE") != null) {
            throw new AssertionError("node was not found, but CONFAB_REQUIRE_NODE asks for it");
        }
        System.out.println("SKIPPED: node was not found, so clients in JavaScript were not tried");
        Assumptions.abort("node was not found");
    }

    private static String execute(String... command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(FOLDER, "printed", ".txt");
        Path err = Files.createTempFile(FOLDER, "errors", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        String told = String.join(" ", command) + "\n" + Files.readString(out) + Files.readString(err);
        assertThat(ended).as("%s did not end by itself", told).isTrue();
        assertThat(process.exitValue()).as(told).isZero();
        return Files.readString(out);
    }
}
