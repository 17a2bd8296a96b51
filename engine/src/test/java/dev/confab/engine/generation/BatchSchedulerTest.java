package dev.confab.engine.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.confab.engine.error.ConfabException;
import dev.confab.engine.model.Gpt2;
import dev.confab.engine.model.TestModels;
import dev.confab.engine.tensor.WeightFormat;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class BatchSchedulerTest {
    /** What 100 tokens more may cost: growing arrays take 22 bytes for each, and an object would take 16 more. */
    private static final long MOST_BYTES = 30 * 100;

    private static final Duration TIME_TO_COMPILE = Duration.ofMinutes(1);
    private static final Gpt2 MODEL = TestModels.load("tiny-a/st-f32");
    private static final int[] PROMPT = {35, 78, 322, 386, 484, 469, 30};

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterAll
    static void closeModel() {
        MODEL.close();
    }

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    /**
     * Every strategy, alone and then with all others in the batch, prompts read in parts. In q4 a single row is computed
     * with coarser activations than several, so there only the lengths are the same.
     */
    @ParameterizedTest
    @EnumSource(WeightFormat.class)
    void aRequestSaysTheSameAloneAndAmongOthers(WeightFormat format) throws Exception {
        try (Gpt2 model = TestModels.load("tiny-a/st-f32", format)) {
            List<GenerationRequest> requests = variedRequests(model);
            Generator alone = Generator.of(model);
            List<GenerationResult> expected =
                    requests.stream().map(alone::generate).toList();
            Generator together = Generator.of(model).withLimits(new BatchLimits(requests.size(), 64, 32));

            List<GenerationResult> results = allAtOnce(together, requests);

            for (int i = 0; i < requests.size(); i++) {
                if (format == WeightFormat.Q4) {
                    assertThat(results.get(i).sequence().length())
                            .isEqualTo(expected.get(i).sequence().length());
                } else {
                    assertThat(texts(results.get(i))).as("request %s", i).isEqualTo(texts(expected.get(i)));
                }
            }
            BatchStatistics statistics = together.statistics();
            System.out.printf(
                    "%s: %d requests in batches of %.1f%n", format, requests.size(), statistics.meanBatchSize());
            assertThat(statistics.meanBatchSize()).isGreaterThan(8);
            assertThat(statistics.running()).isZero();
            assertThat(statistics.keyValueBytes()).isZero();
            assertThat(statistics.generatedTokens())
                    .isEqualTo(alone.statistics().generatedTokens() + 1);
        }
    }

    private static List<GenerationRequest> variedRequests(Gpt2 model) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(5);
        List<GenerationRequest> requests = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            GenerationConfigBuilder config = GenerationConfig.builder()
                    .maxNewTokens(10 + random.nextInt(20))
                    .eosTokenId();
            switch (i % 6) {
                case 0 -> config.repetitionPenalty(1.2);
                case 1 -> config.doSample(true).seed(i).topP(0.9);
                case 2 -> config.doSample(true).seed(i).numReturnSequences(3).temperature(1.4);
                case 3 -> config.numBeams(4).numReturnSequences(2);
                case 4 -> config.promptLookupNumTokens(3);
                default -> config.penaltyAlpha(0.6).topK(4);
            }
            int[] prompt = random.ints(1 + random.nextInt(90), 0, model.config().vocabularySize())
                    .toArray();
            requests.add(GenerationRequest.of(prompt, config.build()));
        }
        return requests;
    }

    /** Holds the lead until all have come, so that they surely share a batch. */
    private List<GenerationResult> allAtOnce(Generator generator, List<GenerationRequest> requests) throws Exception {
        var gate = new CountDownLatch(1);
        Future<?> first = threads.submit(() -> generator.generate(
                GenerationRequest.of(PROMPT, newTokens(1)).withProcessors(List.of((_, _, _) -> pass(gate)))));
        awaitRunning(generator, 1);
        List<Future<GenerationResult>> results = new ArrayList<>();
        for (GenerationRequest request : requests) {
            results.add(threads.submit(() -> generator.generate(request)));
        }
        awaitWaiting(generator, requests.size());
        gate.countDown();
        List<GenerationResult> all = new ArrayList<>();
        for (Future<GenerationResult> result : results) {
            all.add(result.get());
        }
        first.get();
        return all;
    }

    @Test
    void aLongPromptIsReadInPartsBesideTheRepliesUnderWay() throws Exception {
        Generator generator = Generator.of(MODEL).withLimits(new BatchLimits(8, 8, 16));
        int[] longPrompt = new int[100];
        List<GenerationResult> results = allAtOnce(
                generator,
                List.of(GenerationRequest.of(PROMPT, newTokens(20)), GenerationRequest.of(longPrompt, newTokens(2))));

        assertThat(results.get(1).promptTokensComputed()).isEqualTo(100);
        assertThat(results.get(1).sequence().tokens())
                .isEqualTo(Generator.of(MODEL)
                        .generate(longPrompt, newTokens(2))
                        .sequence()
                        .tokens());
        // 100 tokens at 16 a step need 7 steps, one or two more beside other tokens; and in each the reply goes on.
        assertThat(generator.statistics().steps()).isBetween(20L, 24L);
    }

    @Test
    void aListenerThatDawdlesHoldsUpNobodyElse() throws Exception {
        Generator generator = Generator.of(MODEL);
        var heard = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        List<Integer> streamed = new CopyOnWriteArrayList<>();
        Future<GenerationResult> slow = threads.submit(() ->
                generator.generate(GenerationRequest.of(PROMPT, newTokens(20)).withListener((_, token) -> {
                    streamed.add(token);
                    heard.countDown();
                    pass(goOn);
                })));
        heard.await();

        for (int i = 0; i < 3; i++) {
            assertThat(generator.generate(PROMPT, newTokens(30)).sequence().length())
                    .isEqualTo(30);
        }

        assertThat(streamed).hasSize(1);
        goOn.countDown();
        assertThat(slow.get().sequence().tokens())
                .containsExactly(streamed.stream().mapToInt(Integer::intValue).toArray());
        assertThat(streamed).hasSize(20);
    }

    @Test
    void whoHasToWaitHearsItsPlaceInLineAndTheNextIsRefused() throws Exception {
        Generator generator = Generator.of(MODEL).withLimits(new BatchLimits(1, 2, 64));
        var gate = new CountDownLatch(1);
        Future<?> first = threads.submit(() -> generator.generate(
                GenerationRequest.of(PROMPT, newTokens(2)).withProcessors(List.of((_, _, _) -> pass(gate)))));
        awaitRunning(generator, 1);
        var second = new Places();
        Future<?> secondResult = threads.submit(() ->
                generator.generate(GenerationRequest.of(PROMPT, newTokens(2)).withListener(second)));
        awaitWaiting(generator, 1);
        var third = new Places();
        Future<?> thirdResult = threads.submit(() ->
                generator.generate(GenerationRequest.of(PROMPT, newTokens(2)).withListener(third)));
        awaitWaiting(generator, 2);

        assertThatThrownBy(() -> generator.generate(PROMPT, newTokens(2)))
                .isInstanceOf(OverloadedException.class)
                .hasMessage("the model is overloaded: 2 requests wait, which is as many as may; try again later");

        gate.countDown();
        first.get();
        secondResult.get();
        thirdResult.get();
        assertThat(second.heard).endsWith(0).isSubsetOf(1, 0);
        assertThat(third.heard).endsWith(0).isSubsetOf(2, 1, 0);
        assertThat(generator.generate(PROMPT, newTokens(2)).sequence().length()).isEqualTo(2);
    }

    @Test
    void aRequestThatIsCancelledWhileItWaitsEndsWithNothing() throws Exception {
        Generator generator = Generator.of(MODEL).withLimits(new BatchLimits(1, 4, 64));
        var gate = new CountDownLatch(1);
        Future<GenerationResult> first = threads.submit(() -> generator.generate(
                GenerationRequest.of(PROMPT, newTokens(30)).withProcessors(List.of((_, _, _) -> pass(gate)))));
        awaitRunning(generator, 1);
        Future<GenerationResult> second = threads.submit(() ->
                generator.generate(GenerationRequest.of(PROMPT, newTokens(5)).withCancellation(() -> true)));
        awaitWaiting(generator, 1);
        gate.countDown();

        assertThat(second.get().sequence().finishReason()).isEqualTo(FinishReason.CANCELLED);
        assertThat(second.get().sequence().length()).isZero();
        assertThat(first.get().sequence().length()).isEqualTo(30);
    }

    @Test
    void aRequestThatFailsHarmsNoOther() throws Exception {
        Generator generator = Generator.of(MODEL);
        AtomicInteger calls = new AtomicInteger();
        GenerationRequest failing = GenerationRequest.of(PROMPT, newTokens(20)).withProcessors(List.of((_, _, _) -> {
            if (calls.incrementAndGet() == 3) {
                throw new IllegalStateException("no more");
            }
        }));
        List<Future<GenerationResult>> others = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            others.add(threads.submit(() -> generator.generate(PROMPT, newTokens(30))));
        }
        assertThatThrownBy(() -> generator.generate(failing)).hasMessage("no more");
        int[] expected =
                Generator.of(MODEL).generate(PROMPT, newTokens(30)).sequence().tokens();
        for (Future<GenerationResult> other : others) {
            assertThat(other.get().sequence().tokens()).isEqualTo(expected);
        }
        assertThat(generator.statistics().keyValueBytes()).isZero();
    }

    @Test
    void ifOneOfSeveralFailsTheOthersAreGivenUp() {
        Generator generator = Generator.of(MODEL).withLimits(new BatchLimits(2, 4, 64));
        AtomicInteger others = new AtomicInteger();
        List<GenerationRequest> requests = new ArrayList<>();
        requests.add(GenerationRequest.of(PROMPT, newTokens(20)).withProcessors(List.of((_, _, _) -> {
            throw new IllegalStateException("not this one");
        })));
        for (int i = 0; i < 10; i++) {
            requests.add(GenerationRequest.of(PROMPT, newTokens(20))
                    .withProcessors(List.of((_, _, _) -> others.incrementAndGet())));
        }
        assertThatThrownBy(() -> generator.generateAll(requests)).hasMessage("not this one");
        assertThat(others.get()).isLessThan(20);
        assertThat(generator.statistics().running()).isZero();
        assertThat(generator.statistics().waiting()).isZero();
        assertThat(generator.statistics().keyValueBytes()).isZero();
    }

    @Test
    void aListenerThatFailsEndsItsRequestAlone() throws Exception {
        Generator generator = Generator.of(MODEL);
        Future<GenerationResult> other = threads.submit(() -> generator.generate(PROMPT, newTokens(100)));
        assertThatThrownBy(() -> generator.generate(
                        GenerationRequest.of(PROMPT, newTokens(100)).withListener((_, _) -> {
                            throw new IllegalStateException("the reader is gone");
                        })))
                .hasMessage("the reader is gone");
        assertThat(other.get().sequence().length()).isEqualTo(100);
        assertThat(generator.statistics().running()).isZero();
    }

    @Test
    void whenMemoryIsShortTheSessionThatWasIdleLongestIsReadAgain() {
        try (Gpt2 model = TestModels.loadWithMemory("tiny-a/st-f32", 0)) {
            // Room for one sequence of the full length and a block: five blocks of 32 tokens.
            Generator generator = Generator.of(model);
            int[] prompt = new int[40];
            try (Session coldest = generator.newSession();
                    Session colder = generator.newSession();
                    Session warm = generator.newSession()) {
                for (Session session : List.of(coldest, colder)) {
                    session.generate(prompt, newTokens(3));
                }
                assertThat(generator.statistics().evictions()).isZero();
                warm.generate(prompt, newTokens(3));

                assertThat(generator.statistics().evictions()).isPositive();
                assertThat(coldest.cachedTokens()).isZero();
                assertThat(warm.cachedTokens()).isEqualTo(42);
                GenerationResult again = coldest.generate(prompt, newTokens(3));
                assertThat(again.promptTokensComputed()).isEqualTo(40);
                assertThat(again.sequence().tokens())
                        .isEqualTo(
                                warm.generate(prompt, newTokens(3)).sequence().tokens());
            }
        }
    }

    @Test
    void requestsThatDoNotFitIntoMemoryTogetherFollowOneAnother() throws Exception {
        try (Gpt2 model = TestModels.loadWithMemory("tiny-a/st-f32", 0)) {
            Generator generator = Generator.of(model);
            List<GenerationRequest> requests = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                requests.add(GenerationRequest.of(new int[60], newTokens(30)));
            }
            for (GenerationResult result : allAtOnce(generator, requests)) {
                assertThat(result.sequence().length()).isEqualTo(30);
            }
        }
    }

    @Test
    void closingTheModelFailsAllThatIsUnderWay() throws Exception {
        Gpt2 model = TestModels.load("tiny-a/st-f32");
        Generator generator = Generator.of(model);
        var closed = new CompletableFuture<Void>();
        Future<GenerationResult> first = threads.submit(() -> generator.generate(
                GenerationRequest.of(PROMPT, newTokens(30)).withProcessors(List.of((_, _, _) -> closed.join()))));
        awaitRunning(generator, 1);
        Future<GenerationResult> second = threads.submit(() -> generator.generate(PROMPT, newTokens(30)));
        awaitWaiting(generator, 1);
        model.close();
        closed.complete(null);
        for (Future<GenerationResult> result : List.of(first, second)) {
            assertThatThrownBy(result::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseMessage("the model is closed");
        }
    }

    @Test
    @Tag("allocations")
    void aTokenAllocatesNextToNothing() {
        var counter = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Generator generator = Generator.of(MODEL);
        // Interpreted vectors are objects; compiled ones are not. How soon all are compiled is up to the machine:
        // they are once two rounds in a row take the same.
        long last = -1;
        long bytes = Long.MAX_VALUE;
        long end = System.nanoTime() + TIME_TO_COMPILE.toNanos();
        while ((bytes > MOST_BYTES || bytes != last) && System.nanoTime() - end < 0) {
            last = bytes;
            long before = counter.getCurrentThreadAllocatedBytes();
            generator.generate(PROMPT, newTokens(10));
            long between = counter.getCurrentThreadAllocatedBytes();
            generator.generate(PROMPT, newTokens(110));
            long after = counter.getCurrentThreadAllocatedBytes();
            bytes = (after - between) - (between - before);
        }
        assertThat(bytes).isEqualTo(last).isBetween(0L, MOST_BYTES);
    }

    @Test
    void limitsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new BatchLimits(0, 1, 1))
                .isInstanceOf(ConfabException.class)
                .hasMessageContaining("0 running");
    }

    private static GenerationConfig newTokens(int count) {
        return GenerationConfig.builder().maxNewTokens(count).eosTokenId().build();
    }

    private static List<List<Integer>> texts(GenerationResult result) {
        List<List<Integer>> texts = new ArrayList<>();
        for (GeneratedSequence sequence : result.sequences()) {
            texts.add(Arrays.stream(sequence.tokens()).boxed().toList());
        }
        return texts;
    }

    private static void awaitRunning(Generator generator, int count) {
        await(() -> generator.statistics().running() >= count);
    }

    private static void awaitWaiting(Generator generator, int count) {
        await(() -> generator.statistics().waiting() >= count);
    }

    @SuppressWarnings("ThreadPriorityCheck") // The others may need the only processor.
    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.yield();
        }
    }

    private static void pass(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Places implements GenerationListener {
        private final List<Integer> heard = new CopyOnWriteArrayList<>();

        @Override
        public void onToken(int sequence, int token) {}

        @Override
        public void onWaiting(int place) {
            heard.add(place);
        }
    }
}
