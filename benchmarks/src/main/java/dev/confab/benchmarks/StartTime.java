package dev.confab.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * How long {@code ./confab serve} takes, from the start of its launcher, until somebody who asks all the time has the page,
 * and until the model can answer. Each clone of Confab is started once before, as its first start builds it, and then in turn
 * with the others. Prints each start, and the medians.
 *
 * <p>Arguments: how often to measure, 11 unless given; then folders of clones, the current folder unless given.
 */
public final class StartTime {
    private static final int TIMES = 11;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);
    private static final String PAGE = "/";
    private static final String READINESS = "/health/ready";

    private StartTime() {}

    /** Seconds of the clock, and of the processors until the page. */
    private record Start(double page, double processors, double ready) {}

    /**
     * What is started.
     *
     * @param database stays from one start to the next, as a user's does
     */
    private record Clone(String folder, Path database, List<Start> starts) {}

    /** Measures. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int times = arguments.length > 0 ? Integer.parseInt(arguments[0]) : TIMES;
        List<Clone> clones = new ArrayList<>();
        try {
            for (String folder :
                    arguments.length > 1 ? List.of(arguments).subList(1, arguments.length) : List.of(".")) {
                var clone = new Clone(folder, Files.createTempFile("confab-start", ".db"), new ArrayList<>());
                clones.add(clone);
                start(clone);
            }
            System.out.println("   page  processors  ready");
            for (int i = 0; i < times; i++) {
                for (Clone clone : clones) {
                    Start one = start(clone);
                    clone.starts().add(one);
                    print(one, clone);
                }
            }
        } finally {
            for (Clone clone : clones) {
                Files.delete(clone.database());
            }
        }
        System.out.println("medians:");
        for (Clone clone : clones) {
            print(
                    new Start(
                            median(clone, Start::page), median(clone, Start::processors), median(clone, Start::ready)),
                    clone);
        }
    }

    private static double median(Clone clone, ToDoubleFunction<Start> part) {
        double[] sorted = clone.starts().stream().mapToDouble(part).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static void print(Start start, Clone clone) {
        System.out.println(String.format(
                Locale.ROOT,
                "%7.3f %11.2f %6.3f  %s",
                start.page(),
                start.processors(),
                start.ready(),
                clone.folder()));
    }

    private static Start start(Clone clone) throws IOException, InterruptedException {
        int port = freePort();
        long begin = System.nanoTime();
        Process process = new ProcessBuilder(
                        Path.of(clone.folder(), "confab").toAbsolutePath().toString(),
                        "serve",
                        "--no-browser",
                        "--port",
                        String.valueOf(port),
                        "--database",
                        "sqlite:" + clone.database())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            double page = secondsUntil(PAGE, process, port, begin);
            Duration processors = process.info().totalCpuDuration().orElse(Duration.ZERO);
            return new Start(page, processors.toMillis() / 1e3, secondsUntil(READINESS, process, port, begin));
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static double secondsUntil(String path, Process process, int port, long begin)
            throws IOException, InterruptedException {
        while (!answers(path, port)) {
            if (!process.isAlive()) {
                throw new IOException("confab serve ended before it answered for " + path);
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    private static boolean answers(String path, int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.startsWith("HTTP/1.1 200");
        } catch (IOException _) {
            return false; // it does not listen yet
        }
    }
}
