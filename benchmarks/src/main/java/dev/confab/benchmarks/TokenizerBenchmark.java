package dev.confab.benchmarks;

import dev.confab.engine.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Encoding and decoding of English on one thread. Give the tokenizer's folder and a text file:
 * {@code -p tokenizer=FOLDER -p text=FILE}; the score is operations per second on the whole text, so multiply it with the
 * text's size.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TokenizerBenchmark {
    /** A folder with a tokenizer's files. */
    @Param("")
    public String tokenizer = "";

    /** A text file in UTF-8. */
    @Param("LICENSE")
    public String text = "";

    private @Nullable Tokenizer loaded;
    private String content = "";
    private int[] ids = {};

    /** For JMH. */
    public TokenizerBenchmark() {}

    /** Reads the files. */
    @Setup
    public void prepare() throws IOException {
        loaded = Tokenizer.load(Path.of(tokenizer));
        content = Files.readString(Path.of(text), StandardCharsets.UTF_8);
        ids = loaded.encode(content);
    }

    /** Text to ids. */
    @Benchmark
    public int[] encode() {
        return Objects.requireNonNull(loaded).encode(content);
    }

    /** Ids to text. */
    @Benchmark
    public String decode() {
        return Objects.requireNonNull(loaded).decode(ids);
    }
}
