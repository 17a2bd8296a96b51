package dev.confab.ui;

import dev.confab.ui.call.Emitter;
import dev.confab.ui.component.ChatMessage;
import dev.confab.ui.component.UploadedFile;
import dev.confab.ui.conversation.Timings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A reply that the user sees while it grows. */
final class GrowingReply implements ReplyWriter {
    /** A reply that comes in less time, at once, has no speed. */
    private static final double LEAST_SECONDS = 0.05;

    private final Emitter out;
    private final StringBuilder text = new StringBuilder();
    private final List<UploadedFile> files = new ArrayList<>();
    private final List<String> options = new ArrayList<>();
    private final long began = System.nanoTime();
    private long first;
    private boolean measured;

    GrowingReply(Emitter out) {
        this.out = out;
    }

    @Override
    public void write(String part) {
        if (part.isEmpty() || out.cancelled()) {
            return;
        }
        boolean isFirst = text.isEmpty();
        text.append(part);
        out.append(0, part);
        if (isFirst) {
            first = System.nanoTime();
            measure();
        }
    }

    @Override
    public void attach(Path file) {
        files.add(new UploadedFile(file, String.valueOf(file.getFileName())));
    }

    @Override
    public void offer(String... more) {
        options.addAll(List.of(more));
    }

    /** What there is of it by now. */
    ChatMessage message() {
        return ChatMessage.assistant(text.toString()).withFiles(files).withOptions(options);
    }

    @Override
    public void measured(Timings timings) {
        measured = true;
        out.measured(timings);
    }

    /** Unless the function says how quick it was, words are counted. */
    void measure() {
        if (!measured && !text.isEmpty()) {
            double seconds = (System.nanoTime() - first) / 1e9;
            int words = text.toString().split("\\s+").length;
            Double speed = words > 1 && seconds > LEAST_SECONDS ? words / seconds : null;
            out.measured(new Timings((first - began) / 1e9, speed, Timings.Unit.WORDS));
        }
    }

    @Override
    public boolean cancelled() {
        return out.cancelled();
    }
}
