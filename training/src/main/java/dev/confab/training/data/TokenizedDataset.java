package dev.confab.training.data;

import dev.confab.engine.tokenizer.Tokenizer;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.List;

/**
 * All rows of some sources as token ids, in a mapped file of its own. Rows of a source follow each other, in the order of
 * its file.
 *
 * <p>Usable from any thread until it is closed, which deletes the file.
 */
public final class TokenizedDataset implements AutoCloseable {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
    private static final ValueLayout.OfChar CHAR = ValueLayout.JAVA_CHAR_UNALIGNED;

    private final Arena arena = Arena.ofShared();
    private final FileChannel dataFile;
    private final FileChannel indexFile;
    private final MemorySegment data;
    private final MemorySegment index;
    private final boolean wideIds;
    private final int eosTokenId;
    private final int longest;
    private final long fingerprint;
    private final List<SourceStatistics> statistics;

    TokenizedDataset(
            FileChannel dataFile,
            FileChannel indexFile,
            boolean wideIds,
            int eosTokenId,
            int longest,
            long fingerprint,
            List<SourceStatistics> statistics)
            throws IOException {
        this.dataFile = dataFile;
        this.indexFile = indexFile;
        data = dataFile.map(FileChannel.MapMode.READ_ONLY, 0, dataFile.size(), arena);
        index = indexFile.map(FileChannel.MapMode.READ_ONLY, 0, indexFile.size(), arena);
        this.wideIds = wideIds;
        this.eosTokenId = eosTokenId;
        this.longest = longest;
        this.fingerprint = fingerprint;
        this.statistics = statistics;
    }

    /**
     * Reads and tokenizes all dialogues.
     *
     * @param sources one or more, in an order that is part of the dataset
     * @throws DataException if a file cannot be read, or nothing in them can be learned
     */
    public static TokenizedDataset create(
            List<DialogueSource> sources, Tokenizer tokenizer, EncodingOptions encoding, DatasetOptions options) {
        return DatasetBuild.whole(sources, tokenizer, encoding, options);
    }

    /**
     * Reads and tokenizes all dialogues, and puts a share of them aside for validation. Which ones depends on their
     * {@linkplain Dialogue#share() texts} alone.
     *
     * @param validationShare about how many of the dialogues, above 0 and below 1
     * @throws DataException if a file cannot be read, or nothing on one of the sides can be learned
     * @throws IllegalArgumentException if the share is out of range
     */
    public static DatasetSplit split(
            List<DialogueSource> sources,
            double validationShare,
            Tokenizer tokenizer,
            EncodingOptions encoding,
            DatasetOptions options) {
        return DatasetBuild.split(sources, validationShare, tokenizer, encoding, options);
    }

    /** How many rows there are, at least 1. */
    public int examples() {
        return (int) (index.byteSize() / DatasetWriter.INDEX_ENTRY_BYTES);
    }

    /** How many ids a row has, at least 2. */
    public int length(int example) {
        return index.get(INT, entry(example) + Long.BYTES);
    }

    /** How many ids the longest row has. */
    public int longest() {
        return longest;
    }

    /**
     * Copies a row.
     *
     * @param example its number, from 0
     * @param ids gets its ids
     * @param weights gets the weight of predicting each of them; 0 for the first
     * @param offset where in both arrays the row begins
     */
    public void copy(int example, int[] ids, float[] weights, int offset) {
        long start = index.get(ValueLayout.JAVA_LONG_UNALIGNED, entry(example));
        int length = length(example);
        for (int i = 0; i < length; i++) {
            ids[offset + i] = wideIds
                    ? data.get(INT, start + (long) Integer.BYTES * i)
                    : data.get(CHAR, start + (long) Character.BYTES * i);
        }
        long runs = start + (long) length * (wideIds ? Integer.BYTES : Character.BYTES);
        int end = offset;
        for (int run = index.get(INT, entry(example) + Long.BYTES + Integer.BYTES); run > 0; run--) {
            int from = end;
            end += data.get(INT, runs);
            Arrays.fill(weights, from, end, data.get(FLOAT, runs + Integer.BYTES));
            runs += DatasetWriter.RUN_BYTES;
        }
    }

    /** The token that ends a turn, and fills up the rows of a batch. */
    public int eosTokenId() {
        return eosTokenId;
    }

    /** What each source gave, in the order of the sources. */
    public List<SourceStatistics> statistics() {
        return statistics;
    }

    /**
     * A number that is the same for the same rows in the same order, and surely another one for others: a training run
     * that goes on can tell whether its data has changed.
     */
    public long fingerprint() {
        return fingerprint;
    }

    /** Deletes the file. No thread may be reading a row. */
    @Override
    public void close() {
        try (dataFile;
                indexFile) {
            arena.close();
        } catch (IOException e) {
            throw new DataException("the tokenized data cannot be deleted: " + e, e);
        }
    }

    private static long entry(int example) {
        return (long) example * DatasetWriter.INDEX_ENTRY_BYTES;
    }
}
