package dev.confab.ui;

import dev.confab.ui.call.Emitter;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes apart what functions return. */
final class Results {
    private Results() {}

    /** Emits a result, or each of a stream of them. */
    static void emit(@Nullable Object result, Emitter out) throws Exception {
        forEach(result, out::cancelled, one -> out.emit(valuesOf(one)));
    }

    private static List<? extends @Nullable Object> valuesOf(@Nullable Object result) {
        return result instanceof Outputs(var values) ? values : Collections.singletonList(result);
    }

    /** Passes on the result, or each of a stream of them until the call is cancelled. */
    static void forEach(@Nullable Object result, BooleanSupplier cancelled, Consumer<@Nullable Object> each)
            throws Exception {
        switch (result) {
            case Stream<?> stream -> {
                try (stream) {
                    drain(stream.iterator(), cancelled, each);
                }
            }
            case Iterator<?> iterator -> drain(iterator, cancelled, each);
            case Flow.Publisher<?> publisher -> drain(publisher, cancelled, each);
            case null, default -> each.accept(result);
        }
    }

    private static void drain(Iterator<?> results, BooleanSupplier cancelled, Consumer<@Nullable Object> each) {
        while (!cancelled.getAsBoolean() && results.hasNext()) {
            each.accept(results.next());
        }
    }

    private static void drain(Flow.Publisher<?> results, BooleanSupplier cancelled, Consumer<@Nullable Object> each)
            throws Exception {
        Subscription subscription = new Subscription();
        results.subscribe(subscription);
        try {
            for (Signal signal = subscription.take(); !cancelled.getAsBoolean(); signal = subscription.take()) {
                switch (signal) {
                    case Signal.Next(Object item) -> {
                        each.accept(item);
                        subscription.request();
                    }
                    case Signal.Failed(Exception e) -> throw e;
                    case Signal.Failed(Throwable e) -> throw new IllegalStateException("the publisher failed", e);
                    case Signal.Complete() -> {
                        return;
                    }
                }
            }
        } finally {
            subscription.cancel();
        }
    }

    private sealed interface Signal {
        record Next(Object item) implements Signal {}

        record Failed(Throwable error) implements Signal {}

        record Complete() implements Signal {}
    }

    /** Asks for one item at a time, so that a publisher is never far ahead of its reader. */
    private static final class Subscription implements Flow.Subscriber<Object> {
        private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
        private Flow.@Nullable Subscription source;

        Signal take() throws InterruptedException {
            return signals.take();
        }

        synchronized void request() {
            if (source != null) {
                source.request(1);
            }
        }

        synchronized void cancel() {
            if (source != null) {
                source.cancel();
            }
        }

        @Override
        public synchronized void onSubscribe(Flow.Subscription subscription) {
            source = subscription;
            subscription.request(1);
        }

        @Override
        public void onNext(Object item) {
            signals.add(new Signal.Next(item));
        }

        @Override
        public void onError(Throwable error) {
            signals.add(new Signal.Failed(error));
        }

        @Override
        public void onComplete() {
            signals.add(new Signal.Complete());
        }
    }
}
