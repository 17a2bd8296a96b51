package dev.confab.ui.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.confab.ui.component.FileStore;
import dev.confab.ui.component.State;
import dev.confab.ui.component.Textbox;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

final class CallsTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final CallLimits LIMITS = CallLimits.DEFAULT.withQueueSize(10);

    private final Calls calls = new Calls(LIMITS, false, new NoFiles());
    private final Sessions sessions = new Sessions(2, Duration.ofHours(1));

    private static final class NoFiles implements FileStore {
        @Override
        public Path find(String path) {
            throw new IllegalStateException(path);
        }

        @Override
        public String publish(Path file) {
            throw new IllegalStateException(file.toString());
        }

        @Override
        public String publish(byte[] content, String name) {
            throw new IllegalStateException(name);
        }
    }

    @AfterEach
    void close() {
        calls.close();
    }

    private static Endpoint endpoint(int limit, Work work) {
        Parameter text = new Parameter(1, "text", Textbox.of("text"), false);
        return new Endpoint(1, "echo", "", List.of(text), List.of(text), limit, work);
    }

    /** One whose state is a list of what was said. */
    private static Endpoint stateful(Work work) {
        Parameter text = new Parameter(1, "text", Textbox.of("text"), false);
        Parameter state = new Parameter(2, "state", State.of(List.of()), false);
        return new Endpoint(1, "echo", "", List.of(text, state), List.of(text, state), 10, work);
    }

    private Call submit(Endpoint endpoint, Session session, @Nullable Object... inputs) {
        return submit(calls, endpoint, session, inputs);
    }

    private static Call submit(Calls calls, Endpoint endpoint, Session session, @Nullable Object... inputs) {
        return calls.submitAlone(endpoint, session, Arrays.asList(inputs), _ -> {});
    }

    private static List<CallEvent> events(CallReader reader) throws InterruptedException {
        List<CallEvent> events = new ArrayList<>();
        while (!reader.sawEnd()) {
            CallEvent event = reader.next(LONG);
            assertThat(event).isNotNull();
            events.add(event);
        }
        return events;
    }

    private static ArrayNode result(Call call) throws InterruptedException {
        try (CallReader reader = call.newReader(0)) {
            return ((CallEvent.Completed) events(reader).getLast()).values();
        }
    }

    @Test
    void aReaderThatComesLateReadsTheSameAsOneThatWasThere() throws Exception {
        Endpoint endpoint = endpoint(1, (inputs, out) -> {
            for (int i = 0; i < 100; i++) {
                out.append(0, i + " ");
            }
        });
        Call call = submit(endpoint, sessions.single(null, "here"), "x");
        List<CallEvent> first = events(call.newReader(0));
        List<CallEvent> second = events(call.newReader(0));

        assertThat(first).hasSize(1 + 1 + 100 + 1).isEqualTo(second);
    }

    @Test
    void aReaderThatIsTooFarBehindGetsAllValuesAtOnce() throws Exception {
        Endpoint endpoint = endpoint(1, (inputs, out) -> {
            for (int i = 0; i < 10_000; i++) {
                out.append(0, "x");
            }
        });
        Call call = submit(endpoint, sessions.single(null, "here"), "x");
        assertThat(result(call).get(0).stringValue()).hasSize(10_000);

        ArrayNode values = JsonNodeFactory.instance.arrayNode().addNull();
        List<CallEvent> late = events(call.newReader(1));
        for (CallEvent event : late) {
            values = event instanceof CallEvent.Changed change ? CallEvent.apply(values, change) : values;
        }
        assertThat(late).hasSizeLessThan(100);
        assertThat(values.get(0).stringValue()).hasSize(10_000);
    }

    @Test
    void aSessionsStatefulCallsFollowOneAnotherAndOtherSessionsDoNotWait() throws Exception {
        CountDownLatch bothSessions = new CountDownLatch(2);
        AtomicInteger atOnce = new AtomicInteger();
        Endpoint endpoint = stateful((inputs, out) -> {
            List<Object> said = new ArrayList<>((List<?>) Objects.requireNonNull(inputs.get(1)));
            assertThat(atOnce.incrementAndGet()).isLessThanOrEqualTo(2);
            if (said.isEmpty()) {
                bothSessions.countDown();
                bothSessions.await();
            }
            said.add(inputs.get(0));
            atOnce.decrementAndGet();
            out.emit(List.of(said.toString(), said));
        });
        List<Call> made = new ArrayList<>();
        for (String name : List.of("one", "two")) {
            for (int i = 0; i < 4; i++) {
                made.add(submit(endpoint, sessions.get(null, "here", name), name + i, null));
            }
        }

        assertThat(result(made.get(3)).get(0).stringValue()).isEqualTo("[one0, one1, one2, one3]");
        assertThat(result(made.get(7)).get(0).stringValue()).isEqualTo("[two0, two1, two2, two3]");
    }

    @Test
    void aCallThatWaitsCanBeCancelledAndTheNextMovesUp() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Endpoint endpoint = endpoint(1, (inputs, out) -> {
            go.await();
            out.emit(inputs);
        });
        Session session = sessions.single(null, "here");
        Call running = submit(endpoint, session, "a");
        Call cancelled = submit(endpoint, session, "b");
        Call next = submit(endpoint, session, "c");
        CallReader reader = next.newReader(0);
        assertThat(reader.next(LONG)).isEqualTo(new CallEvent.Waiting(1, 2, null));
        assertThat(calls.cancel(cancelled)).isTrue();

        assertThat(reader.next(LONG)).isEqualTo(new CallEvent.Waiting(0, 1, null));
        go.countDown();
        assertThat(result(running).get(0).stringValue()).isEqualTo("a");
        assertThat(result(next).get(0).stringValue()).isEqualTo("c");
        assertThat(result(cancelled).get(0).isNull()).isTrue();
        assertThat(calls.cancel(cancelled)).isFalse();
    }

    @Test
    void aVisitorsCallsBeyondTheLimitWaitWhileThoseOfOthersPass() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Endpoint endpoint = endpoint(10, (inputs, out) -> {
            if ("slow".equals(inputs.get(0))) {
                go.await();
            }
            out.emit(inputs);
        });
        try (Calls limited = new Calls(LIMITS.withVisitorLimit(1), false, new NoFiles())) {
            submit(limited, endpoint, sessions.single(null, "here"), "slow");
            Call waiting = submit(limited, endpoint, sessions.single(null, "here"), "b");
            submit(limited, endpoint, sessions.single("ann", "here"), "slow");
            Call ofAnn = submit(limited, endpoint, sessions.single("ann", "elsewhere"), "c");

            assertThat(result(submit(limited, endpoint, sessions.single(null, "there"), "d")))
                    .hasToString("[\"d\"]");
            assertThat(result(submit(limited, endpoint, sessions.single("bob", "here"), "e")))
                    .hasToString("[\"e\"]");
            assertThat(limited.waiting()).isEqualTo(2);
            go.countDown();
            assertThat(result(waiting)).hasToString("[\"b\"]");
            assertThat(result(ofAnn)).hasToString("[\"c\"]");
        }
    }

    @Test
    void aVisitorFillsHalfOfTheQueueAtMost() {
        Endpoint endpoint = endpoint(1, (inputs, out) -> new CountDownLatch(1).await());
        CallLimits limits = CallLimits.DEFAULT.withQueueSize(4).withVisitorLimit(1);
        try (Calls limited = new Calls(limits, false, new NoFiles())) {
            for (int i = 0; i < 3; i++) {
                submit(limited, endpoint, sessions.single(null, "here"), "x");
            }
            assertThatThrownBy(() -> submit(limited, endpoint, sessions.single(null, "here"), "x"))
                    .isInstanceOf(VisitorQueueFullException.class)
                    .hasMessage("2 calls of this visitor are waiting, which is as many as may; wait for one of them.");
            submit(limited, endpoint, sessions.single(null, "there"), "x");
            submit(limited, endpoint, sessions.single(null, "there"), "x");
            assertThatThrownBy(() -> submit(limited, endpoint, sessions.single(null, "elsewhere"), "x"))
                    .isInstanceOf(QueueFullException.class);
        }
    }

    @Test
    void cancellingInterruptsTheFunctionAndKeepsWhatThereIs() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        Endpoint endpoint = endpoint(1, (inputs, out) -> {
            out.append(0, "part");
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                out.append(0, " too late");
                interrupted.countDown();
                throw e;
            }
        });
        Call call = submit(endpoint, sessions.single(null, "here"), "x");
        CallReader reader = call.newReader(0);
        while (!(reader.next(LONG) instanceof CallEvent.Values)) {
            assertThat(reader.sawEnd()).isFalse();
        }
        calls.cancel(call);
        interrupted.await();

        assertThat(reader.next(LONG)).isInstanceOfSatisfying(CallEvent.Completed.class, completed -> {
            assertThat(completed.cancelled()).isTrue();
            assertThat(completed.values().get(0).stringValue()).isEqualTo("part");
        });
    }

    @Test
    void whatNobodyReadsIsCancelledAndWhatEndedLongAgoForgotten() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        Endpoint endpoint = endpoint(1, (inputs, out) -> {
            try {
                new CountDownLatch(1).await();
            } finally {
                ended.countDown();
            }
        });
        Call call = submit(endpoint, sessions.single(null, "here"), "x");
        await().until(() -> !calls.find(call.eventId()).orElseThrow().isWaiting());
        long now = System.nanoTime();
        calls.sweep(now + Duration.ofSeconds(29).toNanos());
        assertThat(call.isCancelled()).isFalse();
        calls.sweep(now + Duration.ofSeconds(31).toNanos());

        assertThat(call.isCancelled()).isTrue();
        ended.await();
        calls.sweep(System.nanoTime() + Duration.ofMinutes(4).toNanos());
        assertThat(calls.find(call.eventId())).isPresent();
        calls.sweep(System.nanoTime() + Duration.ofMinutes(6).toNanos());
        assertThat(calls.find(call.eventId())).isEmpty();
    }

    @Test
    void aClosedRegistryTakesNoMore() {
        calls.close();

        assertThatThrownBy(() -> submit(endpoint(1, (inputs, out) -> {}), sessions.single(null, "here"), "x"))
                .isInstanceOf(QueueFullException.class);
    }

    @Test
    void anErrorOfTheFunctionEndsOnlyItsCall() throws Exception {
        Endpoint endpoint = endpoint(1, (inputs, out) -> {
            if ("bad".equals(inputs.get(0))) {
                throw new StackOverflowError("deep");
            }
            out.emit(inputs);
        });
        Call bad = submit(endpoint, sessions.single(null, "here"), "bad");
        Call good = submit(endpoint, sessions.single(null, "here"), "good");

        assertThat(events(bad.newReader(0)).getLast()).isInstanceOf(CallEvent.Failed.class);
        assertThat(result(good).get(0).stringValue()).isEqualTo("good");
    }

    @Test
    void sessionsAreBoundedAndThoseInUseStay() {
        CountDownLatch go = new CountDownLatch(1);
        Session busy = sessions.get(null, "here", "busy");
        submit(endpoint(1, (inputs, out) -> go.await()), busy, "x");
        Session idle = sessions.get(null, "here", "idle");
        sessions.get(null, "here", "third");

        assertThat(sessions.size()).isEqualTo(2);
        assertThat(sessions.get(null, "here", "busy")).isSameAs(busy);
        assertThat(sessions.get(null, "here", "idle")).isNotSameAs(idle);
        go.countDown();
    }

    @Test
    void sessionsAreForgottenAfterTheirTime() {
        Session session = sessions.get(null, "here", "one");
        sessions.sweep(System.nanoTime() + Duration.ofMinutes(59).toNanos());
        assertThat(sessions.get(null, "here", "one")).isSameAs(session);
        sessions.sweep(System.nanoTime() + Duration.ofMinutes(61).toNanos());

        assertThat(sessions.get(null, "here", "one")).isNotSameAs(session);
    }

    @Test
    void aSecondStreamOfASessionTakesOverAndTellsEverything() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Endpoint endpoint = endpoint(1, (inputs, out) -> {
            out.append(0, "a");
            go.await();
            out.append(0, "b");
        });
        Session session = sessions.get(null, "here", "one");
        calls.submit(endpoint, session, List.of("x"));
        SessionStream first = session.openStream();
        assertThat(first.next(LONG).items()).isNotEmpty();
        SessionStream second = session.openStream();
        assertThat(first.next(LONG)).isEqualTo(new SessionStream.Batch(List.of(), true));
        first.close();
        go.countDown();

        List<CallEvent> events = new ArrayList<>();
        for (boolean last = false; !last; ) {
            SessionStream.Batch batch = second.next(LONG);
            batch.items().forEach(item -> events.add(item.event()));
            last = batch.last();
        }
        assertThat(events.getFirst()).isInstanceOf(CallEvent.Waiting.class);
        assertThat(events.getLast())
                .isInstanceOfSatisfying(
                        CallEvent.Completed.class,
                        completed -> assertThat(completed.values().get(0).stringValue())
                                .isEqualTo("ab"));
    }
}
