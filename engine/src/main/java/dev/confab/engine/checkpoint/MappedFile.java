package dev.confab.engine.checkpoint;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file mapped into memory, read-only.
 *
 * @param path where it lies, for messages
 * @param bytes its whole content, as long as its arena is open
 */
record MappedFile(Path path, MemorySegment bytes) {
    static MappedFile map(Path path, Arena arena) {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return new MappedFile(path, channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
        } catch (NoSuchFileException e) {
            throw new CheckpointException(path + ": no such file or folder", e);
        } catch (IOException e) {
            throw new CheckpointException(path + ": cannot be read: " + e, e);
        }
    }

    long size() {
        return bytes.byteSize();
    }

    /** An error about this file; names from inside the file cannot smuggle control characters into the message. */
    CheckpointException fault(String message) {
        return fault(message, null);
    }

    CheckpointException fault(String message, @Nullable Throwable cause) {
        return new CheckpointException(path + ": " + message.replaceAll("\\p{Cntrl}", "?"), cause);
    }
}
