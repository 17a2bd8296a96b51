package dev.confab.training.data;

import dev.confab.engine.hub.Progress;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Tells a listener how many bytes were read. */
final class ObservedInputStream extends FilterInputStream {
    private final Progress progress;

    ObservedInputStream(InputStream in, Progress progress) {
        super(in);
        this.progress = progress;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        if (next >= 0) {
            progress.advanced(1);
        }
        return next;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        if (count > 0) {
            progress.advanced(count);
        }
        return count;
    }
}
