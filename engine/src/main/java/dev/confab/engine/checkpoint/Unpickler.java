package dev.confab.engine.checkpoint;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Interprets the part of Python's pickle format that a state dict is written in.
 *
 * <p>A pickle is a program for a stack machine that may import and call anything. This machine knows
 * {@link PickledGlobal a few names}, builds plain values and tensors' descriptions from them, and refuses all else by
 * name without having called it. It does not recurse, and {@link PickleInput} and {@link PickleStack} bound its memory.
 */
final class Unpickler {
    private final PickleInput input;
    private final PickleStack stack;
    private final Map<String, PickledValue.Storage> storages = new HashMap<>();

    private Unpickler(PickleInput input) {
        this.input = input;
        this.stack = new PickleStack(input);
    }

    /** Reads one pickle, up to and including its STOP. */
    static Pickle read(PickleInput input) {
        return new Unpickler(input).run();
    }

    private Pickle run() {
        for (int opcode; (opcode = input.unsignedByte()) != Opcode.STOP; ) {
            execute(opcode);
        }
        return new Pickle(stack.pop(), storages, input.position());
    }

    private void execute(int opcode) {
        switch (opcode) {
            case Opcode.PROTO -> input.skip(1);
            case Opcode.FRAME -> input.skip(Long.BYTES);
            case Opcode.MARK -> stack.mark();
            case Opcode.NONE -> stack.push(PickledValue.Marker.NONE);
            case Opcode.NEWTRUE -> stack.push(true);
            case Opcode.NEWFALSE -> stack.push(false);
            case Opcode.BININT -> stack.push((long) input.signedInt());
            case Opcode.BININT1 -> stack.push((long) input.unsignedByte());
            case Opcode.BININT2 -> stack.push((long) input.unsignedShort());
            case Opcode.LONG1 -> stack.push(longInteger());
            case Opcode.BINFLOAT -> stack.push(input.bigEndianDouble());
            case Opcode.BINUNICODE -> stack.push(input.text(input.unsignedInt()));
            case Opcode.SHORT_BINUNICODE, Opcode.SHORT_BINSTRING -> stack.push(input.text(input.unsignedByte()));
            case Opcode.EMPTY_DICT -> stack.push(new LinkedHashMap<Object, Object>());
            case Opcode.EMPTY_LIST -> stack.push(new ArrayList<>());
            case Opcode.EMPTY_TUPLE -> stack.push(new PickledValue.Tuple(List.of()));
            case Opcode.TUPLE -> stack.push(new PickledValue.Tuple(stack.popToMark()));
            case Opcode.TUPLE1 -> stack.push(new PickledValue.Tuple(stack.pop(1)));
            case Opcode.TUPLE2 -> stack.push(new PickledValue.Tuple(stack.pop(2)));
            case Opcode.TUPLE3 -> stack.push(new PickledValue.Tuple(stack.pop(3)));
            case Opcode.BINPUT -> stack.memoize(input.unsignedByte());
            case Opcode.LONG_BINPUT -> stack.memoize(input.signedInt());
            case Opcode.MEMOIZE -> stack.memoize(stack.memoSize());
            case Opcode.BINGET -> stack.pushMemoized(input.unsignedByte());
            case Opcode.LONG_BINGET -> stack.pushMemoized(input.signedInt());
            case Opcode.APPEND -> append(stack.pop(1));
            case Opcode.APPENDS -> append(stack.popToMark());
            case Opcode.SETITEM -> setItems(stack.pop(2));
            case Opcode.SETITEMS -> setItems(stack.popToMark());
            case Opcode.GLOBAL -> stack.push(global(input.line(), input.line()));
            case Opcode.STACK_GLOBAL -> stackGlobal();
            case Opcode.BINPERSID -> stack.push(storage(stack.pop()));
            case Opcode.REDUCE -> reduce();
            case Opcode.BUILD -> build();
            case Opcode.INST -> throw instance();
            default ->
                throw input.fault("its pickle uses the opcode " + Opcode.describe(opcode) + " before byte "
                        + input.position() + ", which no state dict needs: the file is hostile, corrupt or"
                        + " holds more than weights; take weights in safetensors or a plain state dict");
        }
    }

    /** Little-endian two's complement; what fits in 64 bits becomes a {@link Long} like any other integer. */
    private Object longInteger() {
        byte[] littleEndian = input.bytes(input.unsignedByte());
        byte[] bigEndian = new byte[littleEndian.length + 1];
        bigEndian[0] = (byte) (littleEndian.length > 0 && littleEndian[littleEndian.length - 1] < 0 ? -1 : 0);
        for (int i = 0; i < littleEndian.length; i++) {
            bigEndian[bigEndian.length - 1 - i] = littleEndian[i];
        }
        var number = new BigInteger(bigEndian);
        return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
    }

    @SuppressWarnings("unchecked") // the unpickler makes no other lists
    private void append(List<Object> items) {
        if (!(stack.top() instanceof ArrayList<?> list)) {
            throw unexpected("appends to", stack.top());
        }
        ((List<Object>) list).addAll(items);
    }

    @SuppressWarnings("unchecked") // the unpickler makes no other maps
    private void setItems(List<Object> keysAndValues) {
        if (!(stack.top() instanceof LinkedHashMap<?, ?> map) || keysAndValues.size() % 2 != 0) {
            throw unexpected("sets items of", stack.top());
        }
        for (int i = 0; i < keysAndValues.size(); i += 2) {
            Object key = keysAndValues.get(i);
            // A container as a key could hold itself, and hashing it would never end.
            if (!(key instanceof String || key instanceof Long)) {
                throw unexpected("uses as a dictionary's key", key);
            }
            ((Map<Object, Object>) map).put(key, keysAndValues.get(i + 1));
        }
    }

    private PickledGlobal global(String module, String name) {
        PickledGlobal global = PickledGlobal.find(module, name);
        if (global == null) {
            throw refused(module, name);
        }
        return global;
    }

    private void stackGlobal() {
        List<Object> names = stack.pop(2);
        if (!(names.get(0) instanceof String module) || !(names.get(1) instanceof String name)) {
            throw unexpected("imports by", names.get(0));
        }
        stack.push(global(module, name));
    }

    private PickledValue.Storage storage(Object persistentId) {
        PickledValue.Storage storage = TorchObjects.storage(input, persistentId);
        PickledValue.Storage before = storages.putIfAbsent(storage.key(), storage);
        if (before != null && !before.equals(storage)) {
            throw input.fault("its pickle describes storage '" + storage.key() + "' as " + before.elementCount()
                    + " elements of " + before.dataType() + " and as " + storage.elementCount() + " of "
                    + storage.dataType() + ": the file is corrupt");
        }
        return storage;
    }

    private void reduce() {
        List<Object> call = stack.pop(2);
        if (!(call.get(0) instanceof PickledGlobal.Constructor constructor)
                || !(call.get(1) instanceof PickledValue.Tuple arguments)) {
            throw unexpected("calls", call.get(0));
        }
        stack.push(TorchObjects.construct(input, constructor, arguments.items()));
    }

    /** A state dict's own attributes, its {@code _metadata}, are of no use here; nothing else has any. */
    private void build() {
        stack.pop();
        if (!(stack.top() instanceof LinkedHashMap)) {
            throw unexpected("sets the state of", stack.top());
        }
    }

    private CheckpointException instance() {
        return refused(input.line(), input.line());
    }

    private CheckpointException refused(String module, String name) {
        return input.fault("refused: its pickle uses " + module + "." + name + " (before byte " + input.position()
                + "), which no state dict needs and which could run code. Nothing was run. If you trust the file, save"
                + " model.state_dict() from it in Python, best as safetensors");
    }

    private CheckpointException unexpected(String action, Object value) {
        return input.fault(
                "its pickle " + action + " a value of kind " + value.getClass().getSimpleName() + " before byte "
                        + input.position() + ": the file is hostile or corrupt");
    }
}
