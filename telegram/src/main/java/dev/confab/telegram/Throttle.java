package dev.confab.telegram;

import dev.confab.telegram.store.ChatKey;
import io.github.bucket4j.Bucket;
import java.time.Duration;

/** Keeps what a bot writes within Telegram's rates. Usable from any thread. */
final class Throttle {
    private final Bucket all;
    private final Buckets chats;
    private final Buckets groups;

    Throttle(Pace pace) {
        all = Buckets.bucket(pace.perSecond(), Duration.ofSeconds(1));
        // A third of a minute's worth may come at once, so that a minute never sees more than Telegram allows by much.
        chats = shareOfAMinute(pace.perChatPerMinute());
        groups = shareOfAMinute(pace.perGroupPerMinute());
    }

    /** Waits until something may be written in a chat. */
    void await(ChatKey chat) throws InterruptedException {
        of(chat).asBlocking().consume(1);
        all.asBlocking().consume(1);
    }

    /** Whether something may be written in a chat right now; if so it counts as written. */
    boolean tryNow(ChatKey chat) {
        return of(chat).tryConsume(1) && all.tryConsume(1);
    }

    private Bucket of(ChatKey chat) {
        return (chat.isGroup() ? groups : chats).of(chat.chat());
    }

    private static Buckets shareOfAMinute(int perMinute) {
        int capacity = Math.max(1, perMinute / 3);
        return new Buckets(capacity, Duration.ofMillis(60_000L * capacity / perMinute));
    }
}
