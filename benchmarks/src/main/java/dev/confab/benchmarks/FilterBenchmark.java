package dev.confab.benchmarks;

import dev.confab.dialogue.filter.FilterPolicy;
import dev.confab.dialogue.filter.FilterResult;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the preset for children, the one with the longest lists, costs for a turn of a conversation. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FilterBenchmark {
    private static final String LONG = "I would love to, but my brother needs the car for his work today. ".repeat(16);
    private static final FilterPolicy POLICY = FilterPolicy.kidSafe(Locale.US);

    private static final String NUMBERS = "415-555-2671, 415-555-2672, 415-555-2673, ".repeat(24);

    /** A sentence as people say it; one with numbers, which may be personal data; one in disguise; and two long ones. */
    @Param({
        "I went to the zoo with my sister yesterday, and we saw three elephants and a very sleepy lion.",
        "Call me at 415-555-2671 or 4111 1111 1111 1111, order 20261121-7788, on 2026-11-21 at 10:30.",
        "y0u are s0 m1ghty f.u.n.n.y, 1t is l i k e magic!!! раураl w0w",
        "long",
        "numbers"
    })
    public String text = "";

    /** For JMH. */
    public FilterBenchmark() {}

    /** What a person says. */
    @Benchmark
    public FilterResult input() {
        return POLICY.input().check(said());
    }

    /** What the chatbot says. */
    @Benchmark
    public FilterResult reply() {
        return POLICY.reply().check(said());
    }

    private String said() {
        return switch (text) {
            case "long" -> LONG;
            case "numbers" -> NUMBERS;
            default -> text;
        };
    }
}
