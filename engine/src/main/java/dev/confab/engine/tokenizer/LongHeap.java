package dev.confab.engine.tokenizer;

import java.util.Arrays;

/** A binary heap of longs, smallest first. */
final class LongHeap {
    private long[] values;
    private int size;

    LongHeap(int capacity) {
        values = new long[Math.max(1, capacity)];
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The smallest value; the heap must not be empty. */
    long peek() {
        return values[0];
    }

    void push(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, Math.multiplyExact(size, 2));
        }
        int hole = size++;
        while (hole > 0 && values[(hole - 1) >> 1] > value) {
            values[hole] = values[(hole - 1) >> 1];
            hole = (hole - 1) >> 1;
        }
        values[hole] = value;
    }

    /** Takes the smallest value out; the heap must not be empty. */
    long pop() {
        long smallest = values[0];
        long last = values[--size];
        int hole = 0;
        for (int child; (child = 2 * hole + 1) < size; hole = child) {
            if (child + 1 < size && values[child + 1] < values[child]) {
                child++;
            }
            if (values[child] >= last) {
                break;
            }
            values[hole] = values[child];
        }
        values[hole] = last;
        return smallest;
    }
}
