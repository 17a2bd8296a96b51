package dev.confab.benchmarks;

import dev.confab.ui.ChatInterface;
import dev.confab.ui.RunningPage;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How long {@code ChatInterface.launch()} takes in a fresh JVM, and how long until the first visitor has the page. Starts a
 * JVM for each measurement and prints each in milliseconds, then the medians.
 *
 * <p>Arguments: how often to measure, 11 unless given; then options for the JVM, such as {@code -XX:AOTCache=page.aot}.
 */
public final class LaunchTime {
    private static final int TIMES = 11;
    private static final String ONE = "--one";

    private LaunchTime() {}

    /** Measures. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length == 1 && arguments[0].equals(ONE)) {
            measure();
            return;
        }
        int times = arguments.length > 0 ? Integer.parseInt(arguments[0]) : TIMES;
        List<String> options = arguments.length > 0 ? List.of(arguments).subList(1, arguments.length) : List.of();
        List<double[]> all = new ArrayList<>();
        System.out.println("launch()  of its thread's CPU  first page  JVM to first page");
        for (int i = 0; i < times; i++) {
            double[] one = inFreshJvm(options);
            all.add(one);
            print(one);
        }
        System.out.println("medians:");
        double[] medians = new double[all.getFirst().length];
        for (int i = 0; i < medians.length; i++) {
            int column = i;
            double[] sorted =
                    all.stream().mapToDouble(one -> one[column]).sorted().toArray();
            medians[i] = sorted[sorted.length / 2];
        }
        print(medians);
    }

    private static void print(double[] milliseconds) {
        StringBuilder line = new StringBuilder();
        for (double one : milliseconds) {
            line.append(String.format(Locale.ROOT, "%8.0f", one));
        }
        System.out.println(line);
    }

    private static double[] inFreshJvm(List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(
                List.of("-cp", absolute(System.getProperty("java.class.path")), LaunchTime.class.getName(), ONE));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed: " + printed);
        }
        String[] numbers = printed.strip().split(" ", -1);
        double[] milliseconds = new double[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            milliseconds[i] = Double.parseDouble(numbers[i]);
        }
        return milliseconds;
    }

    private static String absolute(String classPath) {
        List<String> entries = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, entries);
    }

    private static void measure() {
        var threads = ManagementFactory.getThreadMXBean();
        long cpu = threads.getCurrentThreadCpuTime();
        long begin = System.nanoTime();
        try (RunningPage page = ChatInterface.of((message, history) -> "You said: " + message)
                .port(0)
                .quiet()
                .launch()) {
            long launched = System.nanoTime();
            long used = threads.getCurrentThreadCpuTime() - cpu;
            visit(page.port());
            long visited = System.nanoTime();
            long started = ManagementFactory.getRuntimeMXBean().getStartTime();
            double whole = System.currentTimeMillis() - started;
            System.out.println(milliseconds(launched - begin) + " " + milliseconds(used) + " "
                    + milliseconds(visited - launched) + " " + whole);
        }
    }

    private static double milliseconds(long nanoseconds) {
        return nanoseconds / 1e6;
    }

    /** By a plain socket, since the JDK's client takes longer to load than the page. */
    private static void visit(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!answer.startsWith("HTTP/1.1 200")) {
                throw new IllegalStateException("the page answered " + answer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
