package dev.confab.engine.hub;

import java.util.ArrayList;
import java.util.List;

/** Adds up what it hears. Read it when the work is over. */
final class RecordedProgress implements Progress {
    final List<String> started = new ArrayList<>();
    long total;
    long advanced;
    int finished;

    @Override
    public void started(String what, long totalBytes) {
        started.add(what);
        total += totalBytes;
    }

    @Override
    public void advanced(long bytes) {
        advanced += bytes;
    }

    @Override
    public void finished() {
        finished++;
    }
}
