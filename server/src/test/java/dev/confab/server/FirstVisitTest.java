package dev.confab.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FirstVisitTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(1);

    @Test
    void whoAsksAlreadyIsAnsweredBeforeOtherWorkGoesOn() throws InterruptedException {
        var visit = new FirstVisit(LONG, LONG);
        List<String> done = new CopyOnWriteArrayList<>();
        Thread work = Thread.ofVirtual().start(() -> {
            try {
                visit.await();
                done.add("work");
            } catch (InterruptedException e) {
                done.add("interrupted");
            }
        });

        visit.begins();
        work.join(Duration.ofMillis(50));
        done.add("page");
        visit.ends();
        work.join();

        assertThat(done).containsExactly("page", "work");
    }

    @Test
    void workGoesOnIfNobodyAsks() throws InterruptedException {
        new FirstVisit(SHORT, LONG).await();
    }

    @Test
    void workGoesOnIfTheAnswerTakesLong() throws InterruptedException {
        var visit = new FirstVisit(SHORT, SHORT);

        visit.begins();
        visit.await();
    }
}
