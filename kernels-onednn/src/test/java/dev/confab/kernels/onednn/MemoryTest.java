package dev.confab.kernels.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.engine.model.ForwardBatch;
import dev.confab.engine.model.Gpt2;
import dev.confab.engine.model.Gpt2Config;
import dev.confab.engine.model.Gpt2Loader;
import dev.confab.engine.model.KeyValueCache;
import dev.confab.engine.model.LoadOptions;
import dev.confab.engine.tensor.ActivationFormat;
import dev.confab.engine.tensor.WeightFormat;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a model takes of the machine's memory, all in all, where it multiplies on oneDNN: its weights once and little
 * else. Counted by Linux, in a Java of its own whose heap has its full size from the start.
 */
final class MemoryTest {
    private static final double MOST = 1.2;
    /** Weights that the count did not see would prove nothing. */
    private static final double LEAST = 0.95;

    @ParameterizedTest
    @CsvSource({"F32,F32", "Q8,F32", "Q8,INT8", "Q4,INT8"})
    void workingMemoryIsAtMostAFifthMoreThanTheWeights(WeightFormat weights, ActivationFormat activations)
            throws Exception {
        List<String> lines = ForkedJava.run(
                        List.of("-Xms128m", "-Xmx128m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC"),
                        Working.class,
                        weights.name(),
                        activations.name())
                .lines()
                .filter(line -> line.startsWith(Working.RESULT))
                .toList();
        assertThat(lines).hasSize(1);
        String[] numbers = lines.getFirst().substring(Working.RESULT.length()).split(" ", -1);
        double held = Double.parseDouble(numbers[1]) / Double.parseDouble(numbers[0]);
        double withCopy = Double.parseDouble(numbers[2]) / Double.parseDouble(numbers[0]);
        System.out.printf(
                "%s weights, %s: %s MB of weights, %.3f times as much in all, %.3f with a copy of them%n",
                weights, activations, Long.parseLong(numbers[0]) >> 20, held, withCopy);
        assertThat(held).isBetween(LEAST, MOST);
        assertThat(withCopy).as("a copy of the weights would be seen").isGreaterThan(MOST);
    }

    /** The program that is measured. */
    static final class Working {
        static final String RESULT = "bytes of weights, held, and with a copy: ";

        private static final String ANONYMOUS = "RssAnon:";
        private static final int SEQUENCES = 8;

        private Working() {}

        public static void main(String[] args) throws IOException {
            LoadOptions options =
                    Models.options(WeightFormat.valueOf(args[0]), Models.onOneDnn(ActivationFormat.valueOf(args[1])));
            // Java's compiler takes memory while code is new.
            try (Gpt2 model = Gpt2Loader.random(Gpt2Config.of(2000, 1024, 256, 2, 4), options)) {
                for (int i = 0; i < 60; i++) {
                    use(model);
                }
            }
            // A medium model's layers, but four of twenty-four: what does not grow with the weights counts the more.
            Gpt2Config config = Gpt2Config.of(50_257, 1024, 1024, 4, 16);
            long weights = Gpt2Loader.workingBytes(config, options);
            long before = anonymousBytes();
            try (Gpt2 model = Gpt2Loader.random(config, options);
                    Arena arena = Arena.ofConfined()) {
                use(model);
                long held = anonymousBytes() - before;
                arena.allocate(weights).fill((byte) 1);
                System.out.println(RESULT + weights + " " + held + " " + (anonymousBytes() - before));
            }
        }

        /** Reads prompts, then the next tokens of 8 sequences and of 2 together. */
        private static void use(Gpt2 model) {
            int[] tokens = new SplittableRandom(1)
                    .ints(130, 0, model.config().vocabularySize())
                    .toArray();
            List<KeyValueCache> caches = new ArrayList<>();
            for (int i = 0; i < SEQUENCES; i++) {
                caches.add(model.newCache());
            }
            var batch = new ForwardBatch();
            batch.add(caches.getFirst(), tokens, 0, tokens.length, 1);
            model.forward(batch);
            for (int sequences : new int[] {SEQUENCES, 2}) {
                batch.clear();
                for (int i = 0; i < sequences; i++) {
                    batch.add(caches.get(i), tokens, 0, 1, 1);
                }
                model.forward(batch);
            }
            caches.forEach(KeyValueCache::close);
        }

        /** Memory of this process that is no file's. */
        private static long anonymousBytes() throws IOException {
            String line = Files.readAllLines(Path.of("/proc/self/status"), StandardCharsets.UTF_8).stream()
                    .filter(l -> l.startsWith(ANONYMOUS))
                    .findFirst()
                    .orElseThrow();
            return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
        }
    }
}
