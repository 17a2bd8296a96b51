package dev.confab.training.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the two files of a dataset, which are deleted when they are closed, or when the process ends.
 *
 * <p>The first holds for each example its ids, of 2 bytes where the vocabulary allows it and else 4, and then its runs of
 * equal weight (int length, float weight). The second holds for each example where it begins in the first (long), the
 * number of ids (int) and the number of runs (int). The byte order is the machine's.
 *
 * <p>Belongs to one thread.
 */
final class DatasetWriter implements AutoCloseable {
    static final int INDEX_ENTRY_BYTES = 16;
    static final int RUN_BYTES = 8;
    private static final int LARGEST_SHORT_VOCABULARY = 1 << 16;
    private static final int BUFFER_BYTES = 1 << 20;

    private final Path folder;
    private final boolean wideIds;
    private final Output data;
    private final Output index;
    private final List<SourceStatistics> statistics = new ArrayList<>();
    private final Tally tally = new Tally();
    private int examples;
    private int longest;
    private long fingerprint;

    DatasetWriter(Path folder, int vocabularySize) {
        this.folder = folder;
        wideIds = vocabularySize > LARGEST_SHORT_VOCABULARY;
        try {
            Files.createDirectories(folder);
            data = new Output(folder);
            index = new Output(folder);
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    /** Adds the rows of a dialogue. */
    void add(int turns, List<EncodedExample> rows) {
        tally.dialogues++;
        tally.turns += turns;
        try {
            for (EncodedExample row : rows) {
                write(row);
            }
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    /** Ends what belongs to one source. */
    void endSource(DialogueSource source, long brokenLines, long excluded) {
        statistics.add(tally.statistics(source, brokenLines, excluded));
        tally.clear();
    }

    /** Whether no row was added. */
    boolean isEmpty() {
        return examples == 0;
    }

    /**
     * Makes sure that there is a row.
     *
     * @throws DataException if there is none
     */
    void requireRows() {
        if (isEmpty()) {
            throw new DataException("there is nothing to learn in "
                    + statistics.stream().map(s -> s.source().path().toString()).toList()
                    + "; is the format the right one, does the bot say anything, and if a share of the dialogues is put"
                    + " aside, are there enough of them?");
        }
    }

    /** The dataset; this writer is of no use afterwards but to be closed if that failed. */
    TokenizedDataset finish(int eosTokenId) {
        try {
            data.flush();
            index.flush();
            return new TokenizedDataset(
                    data.channel, index.channel, wideIds, eosTokenId, longest, fingerprint, List.copyOf(statistics));
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    /** Gives the files up. */
    @Override
    public void close() {
        try (data.channel;
                index.channel) {
            examples = 0;
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    private void write(EncodedExample row) throws IOException {
        if (examples == Integer.MAX_VALUE) {
            throw new DataException("the data has more than " + Integer.MAX_VALUE + " rows; train on a part of it");
        }
        long start = data.position();
        int[] ids = row.ids();
        for (int id : ids) {
            if (wideIds) {
                data.room(Integer.BYTES).putInt(id);
            } else {
                data.room(Short.BYTES).putShort((short) id);
            }
            fingerprint = fingerprint * 31 + id;
        }
        int runs = writeWeights(row.weights());
        index.room(INDEX_ENTRY_BYTES).putLong(start).putInt(ids.length).putInt(runs);
        examples++;
        longest = Math.max(longest, ids.length);
        tally.examples++;
        tally.tokens += ids.length;
    }

    private int writeWeights(float[] weights) throws IOException {
        int runs = 0;
        for (int start = 0, end; start < weights.length; start = end) {
            end = start + 1;
            while (end < weights.length && weights[end] == weights[start]) {
                end++;
            }
            data.room(RUN_BYTES).putInt(end - start).putFloat(weights[start]);
            fingerprint = Permutation.mix(fingerprint + end + ((long) Float.floatToIntBits(weights[start]) << 32));
            tally.learnedTokens += weights[start] > 0 ? end - start : 0;
            runs++;
        }
        return runs;
    }

    private DataException notWritten(IOException e) {
        return new DataException(
                folder + ": the tokenized data cannot be written: " + e + "; choose another folder if the disk is full",
                e);
    }

    /** What a source gave so far. */
    private static final class Tally {
        private long dialogues;
        private long turns;
        private int examples;
        private long tokens;
        private long learnedTokens;

        SourceStatistics statistics(DialogueSource source, long brokenLines, long excluded) {
            return new SourceStatistics(
                    source, dialogues, turns, examples, tokens, learnedTokens, brokenLines, excluded);
        }

        void clear() {
            dialogues = 0;
            turns = 0;
            examples = 0;
            tokens = 0;
            learnedTokens = 0;
        }
    }

    /** A file that is written through a buffer. */
    private static final class Output {
        private final FileChannel channel;
        private final ByteBuffer buffer =
                ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.nativeOrder());
        private long written;

        Output(Path folder) throws IOException {
            Path file = Files.createTempFile(folder, "confab-dataset-", ".tokens");
            channel = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        }

        ByteBuffer room(int bytes) throws IOException {
            if (buffer.remaining() < bytes) {
                flush();
            }
            return buffer;
        }

        long position() {
            return written + buffer.position();
        }

        void flush() throws IOException {
            buffer.flip();
            while (buffer.hasRemaining()) {
                written += channel.write(buffer);
            }
            buffer.clear();
        }
    }
}
