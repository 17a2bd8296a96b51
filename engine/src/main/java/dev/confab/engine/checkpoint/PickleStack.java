package dev.confab.engine.checkpoint;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The stack and the memo of an unpickler, bounded in what a pickle can make them hold. */
final class PickleStack {
    /** The largest GPT-2 with its optimiser's state pushes some 60,000 values. */
    static final int MAX_VALUES = 1_000_000;

    private final PickleInput input;
    private final ArrayList<Object> values = new ArrayList<>();
    private final Deque<Integer> marks = new ArrayDeque<>();
    private final Map<Integer, Object> memo = new HashMap<>();
    private int made;

    PickleStack(PickleInput input) {
        this.input = input;
    }

    void push(Object value) {
        count();
        values.add(value);
    }

    void mark() {
        count();
        marks.push(values.size());
    }

    Object top() {
        if (values.size() <= lowest()) {
            throw input.fault("its pickle takes a value from an empty stack before byte " + input.position()
                    + ": the file is corrupt");
        }
        return values.getLast();
    }

    Object pop() {
        top();
        return values.removeLast();
    }

    /** Takes off the top values, in the order in which they were pushed. */
    List<Object> pop(int count) {
        if (values.size() - lowest() < count) {
            throw input.fault("its pickle takes " + count + " values from a stack of " + (values.size() - lowest())
                    + " before byte " + input.position() + ": the file is corrupt");
        }
        List<Object> top = values.subList(values.size() - count, values.size());
        List<Object> taken = List.copyOf(top);
        top.clear();
        return taken;
    }

    /** Takes off the values above the last mark, and the mark. */
    List<Object> popToMark() {
        if (marks.isEmpty()) {
            throw input.fault(
                    "its pickle has no mark to go back to before byte " + input.position() + ": the file is corrupt");
        }
        List<Object> taken = pop(values.size() - marks.getFirst());
        marks.pop();
        return taken;
    }

    /** Notes the top value under an index. */
    void memoize(int index) {
        count();
        memo.put(index, top());
    }

    int memoSize() {
        return memo.size();
    }

    void pushMemoized(int index) {
        Object value = memo.get(index);
        if (value == null) {
            throw input.fault("its pickle refers to the memo " + Integer.toUnsignedString(index)
                    + ", which is not set, before byte " + input.position() + ": the file is corrupt");
        }
        push(value);
    }

    private int lowest() {
        return marks.isEmpty() ? 0 : marks.getFirst();
    }

    private void count() {
        if (++made > MAX_VALUES) {
            throw input.fault("its pickle makes more than " + MAX_VALUES + " values, far more than a state dict has");
        }
    }
}
