package dev.confab.training.tokenizer;

import dev.confab.engine.error.ConfabException;
import dev.confab.engine.tokenizer.WordScanner;
import java.util.Arrays;

/**
 * How often each word occurs: an open-addressing hash over the words' UTF-8, which lies in one array. For one thread.
 */
final class WordCounts {
    /** The longest word in characters; a longer run, which no language has, counts as several. */
    static final int LONGEST_WORD = 1024;

    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;
    private static final int PRIME = 0x01000193;
    private static final int REPLACEMENT = 0xFFFD;

    private byte[] bytes = new byte[1 << 16];
    private int[] starts = new int[1 << 12];
    private long[] counts = new long[1 << 12];
    private int[] hashes = new int[1 << 12];
    private int size;

    /** One more than the word's number; 0 where the slot is free. At most half full. */
    private int[] slots = new int[1 << 13];

    private final byte[] spelling = new byte[3 * LONGEST_WORD];

    /** How many distinct words there are. */
    int size() {
        return size;
    }

    /** How many bytes all distinct words have together. */
    int bytes() {
        return starts[size];
    }

    /** Where a word starts in {@link #byteAt}; the word of number {@link #size} would start at the end. */
    int start(int word) {
        return starts[word];
    }

    /** A byte of a word, 0 to 255. */
    int byteAt(int index) {
        return bytes[index] & 0xFF;
    }

    /** How often a word occurs. */
    long count(int word) {
        return counts[word];
    }

    /** Counts the words of a text. */
    void addText(String text) {
        for (int start = 0; start < text.length(); ) {
            int end = WordScanner.wordEnd(text, start, text.length());
            if (end - start > LONGEST_WORD) {
                int cut = start + LONGEST_WORD;
                end = Character.isHighSurrogate(text.charAt(cut - 1)) ? cut - 1 : cut;
            }
            int length = spell(text, start, end);
            add(spelling, 0, length, hash(length), 1);
            start = end;
        }
    }

    /** Adds what others have counted. */
    void addAll(WordCounts other) {
        for (int word = 0; word < other.size; word++) {
            int length = other.starts[word + 1] - other.starts[word];
            add(other.bytes, other.starts[word], length, other.hashes[word], other.counts[word]);
        }
    }

    /** The word's UTF-8 in {@link #spelling}; an unpaired surrogate becomes U+FFFD, as when it is encoded. */
    private int spell(String text, int start, int end) {
        int length = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                spelling[length++] = (byte) c;
            } else if (c < 0x800) {
                spelling[length++] = (byte) (0xC0 | (c >> 6));
                spelling[length++] = continuation(c);
            } else if (Character.isHighSurrogate(c) && i + 1 < end && Character.isLowSurrogate(text.charAt(i + 1))) {
                int codePoint = Character.toCodePoint(c, text.charAt(++i));
                spelling[length++] = (byte) (0xF0 | (codePoint >> 18));
                spelling[length++] = continuation(codePoint >> 12);
                spelling[length++] = continuation(codePoint >> 6);
                spelling[length++] = continuation(codePoint);
            } else {
                int codePoint = Character.isSurrogate(c) ? REPLACEMENT : c;
                spelling[length++] = (byte) (0xE0 | (codePoint >> 12));
                spelling[length++] = continuation(codePoint >> 6);
                spelling[length++] = continuation(codePoint);
            }
        }
        return length;
    }

    private static byte continuation(int bits) {
        return (byte) (0x80 | (bits & 0x3F));
    }

    /** FNV-1a, and its bits mixed, for neighbouring slots are the next ones to be tried. */
    private int hash(int length) {
        int hash = 0x811C9DC5;
        for (int i = 0; i < length; i++) {
            hash = (hash ^ spelling[i]) * PRIME;
        }
        hash ^= hash >>> 15;
        return hash * 0x2C1B3C6D;
    }

    private void add(byte[] source, int start, int length, int hash, long times) {
        int slot = hash >>> 1 & (slots.length - 1);
        for (; slots[slot] != 0; slot = (slot + 1) & (slots.length - 1)) {
            int word = slots[slot] - 1;
            if (hashes[word] == hash
                    && Arrays.equals(bytes, starts[word], starts[word + 1], source, start, start + length)) {
                counts[word] += times;
                return;
            }
        }
        slots[slot] = append(source, start, length, hash, times) + 1;
        if (size > slots.length / 2) {
            growSlots();
        }
    }

    private int append(byte[] source, int start, int length, int hash, long times) {
        int word = size++;
        int end = starts[word];
        if (length > bytes.length - end) {
            bytes = Arrays.copyOf(bytes, grown(bytes.length, length));
        }
        if (size == starts.length) {
            int capacity = grown(size, 1);
            starts = Arrays.copyOf(starts, capacity);
            counts = Arrays.copyOf(counts, capacity);
            hashes = Arrays.copyOf(hashes, capacity);
        }
        System.arraycopy(source, start, bytes, end, length);
        starts[word + 1] = end + length;
        counts[word] = times;
        hashes[word] = hash;
        return word;
    }

    private static int grown(int capacity, int more) {
        long wanted = Math.max(capacity + (capacity >> 1), (long) capacity + more);
        if ((long) capacity + more > LARGEST_ARRAY) {
            throw tooMany();
        }
        return (int) Math.min(LARGEST_ARRAY, wanted);
    }

    private void growSlots() {
        if (slots.length == 1 << 30) {
            throw tooMany();
        }
        slots = new int[slots.length << 1];
        for (int word = 0; word < size; word++) {
            int slot = hashes[word] >>> 1 & (slots.length - 1);
            while (slots[slot] != 0) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = word + 1;
        }
    }

    private static ConfabException tooMany() {
        return new ConfabException(
                "the texts have more distinct words than fit into 2 GB; train the tokenizer on a part of them");
    }
}
