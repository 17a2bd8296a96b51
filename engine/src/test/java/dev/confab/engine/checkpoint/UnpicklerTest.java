package dev.confab.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UnpicklerTest {
    @Test
    void plainValuesAreRead() {
        Object value = read(new PickleBytes()
                .op(Opcode.PROTO, 2, Opcode.EMPTY_LIST, Opcode.MARK)
                .number(-5)
                .op(Opcode.BININT1, 255, Opcode.BININT2, 0xFF, 0xFF, Opcode.NONE, Opcode.NEWTRUE, Opcode.NEWFALSE)
                .op(Opcode.BINFLOAT, 0x3F, 0xF4, 0, 0, 0, 0, 0, 0)
                .text("runé")
                .op(Opcode.SHORT_BINSTRING, 2, 'h', 'i', Opcode.SHORT_BINUNICODE, 1, '!')
                .op(Opcode.APPENDS)
                .stop());
        assertThat(value)
                .isEqualTo(List.of(-5L, 255L, 65_535L, PickledValue.Marker.NONE, true, false, 1.25, "runé", "hi", "!"));
    }

    @Test
    void longIntegersOfAnyLengthAreRead() {
        assertThat(read(new PickleBytes().op(Opcode.LONG1, 0).stop())).isEqualTo(0L);
        assertThat(read(new PickleBytes().op(Opcode.LONG1, 1, 0xFF).stop())).isEqualTo(-1L);
        assertThat(read(new PickleBytes().op(Opcode.LONG1, 2, 0xFF, 0).stop())).isEqualTo(255L);
        assertThat(read(new PickleBytes().number(Long.MIN_VALUE).stop())).isEqualTo(Long.MIN_VALUE);
        assertThat(read(new PickleBytes().op(Opcode.LONG1, 9).repeat(8, 0).op(1).stop()))
                .isEqualTo(BigInteger.TWO.pow(64));
    }

    @Test
    void protocolFourIsRead() {
        Object value = read(new PickleBytes()
                .op(Opcode.PROTO, 4, Opcode.FRAME, 9, 0, 0, 0, 0, 0, 0, 0)
                .op(Opcode.EMPTY_DICT, Opcode.MEMOIZE)
                .text("size")
                .op(Opcode.MEMOIZE)
                .text("torch")
                .text("Size")
                .op(Opcode.STACK_GLOBAL, Opcode.MARK)
                .number(2)
                .number(3)
                .op(Opcode.TUPLE, Opcode.TUPLE1, Opcode.REDUCE, Opcode.SETITEM, Opcode.BINGET, 1)
                .op(Opcode.BINGET, 1, Opcode.SETITEM)
                .stop());
        assertThat(value).isEqualTo(Map.of("size", "size"));
    }

    @ParameterizedTest
    @CsvSource({
        "os, system",
        "builtins, eval",
        "__builtin__, getattr",
        "torch, load",
        "torch.storage, _load_from_bytes",
        "torch._utils, _rebuild_parameter_with_state",
        "collections, defaultdict",
        "numpy.core.multiarray, _reconstruct"
    })
    void aGlobalThatNoStateDictNeedsIsRefusedByName(String module, String name) {
        assertRefused(new PickleBytes().global(module, name).stop(), "refused", module + "." + name, "Nothing was run");
        assertRefused(
                new PickleBytes()
                        .text(module)
                        .text(name)
                        .op(Opcode.STACK_GLOBAL)
                        .stop(),
                "refused",
                module + "." + name);
        assertRefused(
                new PickleBytes()
                        .op(Opcode.MARK)
                        .text("id")
                        .global(Opcode.INST, module, name)
                        .stop(),
                "refused",
                module + "." + name);
    }

    @Test
    void aNameCannotSmuggleAttributesOrControlCharacters() {
        assertRefused(
                new PickleBytes().global("collections.OrderedDict", "__init__").stop(), "OrderedDict.__init__");
        assertThatThrownBy(() ->
                        read(new PickleBytes().global("\u001b[2Jos", "system").stop()))
                .hasMessageContaining("?[2Jos.system")
                .hasMessageNotContaining("\u001b");
    }

    @Test
    void everyOpcodeBeyondTheKnownOnesIsRefused() throws IllegalAccessException {
        var known = new ArrayList<Integer>();
        for (var field : Opcode.class.getDeclaredFields()) {
            if (field.getType() == int.class) {
                known.add(field.getInt(null));
            }
        }
        int refused = 0;
        for (int opcode = 0; opcode < 256; opcode++) {
            if (!known.contains(opcode)) {
                assertRefused(new PickleBytes().op(opcode).stop(), "uses the opcode 0x%02x".formatted(opcode));
                refused++;
            }
        }
        System.out.println("pickle opcodes: " + known.size() + " known, " + refused + " refused");
        assertRefused(new PickleBytes().op(0x81).stop(), "NEWOBJ");
        assertRefused(new PickleBytes().op('o').stop(), "OBJ");
        assertRefused(new PickleBytes().op(0x82, 1).stop(), "EXT1");
    }

    @Test
    void onlyKnownConstructorsAreCalled() {
        assertRefused(
                new PickleBytes()
                        .text("os.system")
                        .op(Opcode.EMPTY_TUPLE, Opcode.REDUCE)
                        .stop(),
                "calls",
                "String");
        assertRefused(
                new PickleBytes()
                        .global("torch", "FloatStorage")
                        .op(Opcode.EMPTY_TUPLE, Opcode.REDUCE)
                        .stop(),
                "calls",
                "StorageClass");
        assertRefused(
                new PickleBytes()
                        .global("torch", "float16")
                        .op(Opcode.EMPTY_TUPLE, Opcode.REDUCE)
                        .stop(),
                "calls",
                "TorchDataType");
        assertRefused(
                new PickleBytes()
                        .global("collections", "OrderedDict")
                        .op(Opcode.EMPTY_LIST, Opcode.TUPLE1, Opcode.REDUCE)
                        .stop(),
                "OrderedDict",
                "1 values");
        assertRefused(
                new PickleBytes()
                        .global("torch._utils", "_rebuild_parameter")
                        .op(Opcode.EMPTY_TUPLE, Opcode.REDUCE)
                        .stop(),
                "a parameter from 0 values");
        assertRefused(
                new PickleBytes()
                        .global("torch", "Size")
                        .op(Opcode.NONE, Opcode.TUPLE1, Opcode.REDUCE)
                        .stop(),
                "a torch.Size");
    }

    @Test
    void onlyDictionariesTakeAState() {
        Object value = read(new PickleBytes()
                .global("collections", "OrderedDict")
                .op(Opcode.EMPTY_TUPLE, Opcode.REDUCE, Opcode.EMPTY_DICT)
                .text("_metadata")
                .op(Opcode.EMPTY_DICT, Opcode.SETITEM, Opcode.BUILD)
                .stop());
        assertThat(value).isEqualTo(Map.of());
        assertRefused(
                new PickleBytes()
                        .tensor(4, 0, 4, 1)
                        .op(Opcode.EMPTY_DICT, Opcode.BUILD)
                        .stop(),
                "state",
                "Tensor");
        assertRefused(
                new PickleBytes()
                        .global("torch", "Size")
                        .op(Opcode.EMPTY_DICT, Opcode.BUILD)
                        .stop(),
                "sets the state of",
                "Constructor");
    }

    @Test
    void deepNestingNeedsNoDeepStack() {
        int depth = 400_000;
        var pickle = new PickleBytes().repeat(depth, Opcode.EMPTY_LIST).repeat(depth - 1, Opcode.APPEND);
        assertThat(read(pickle.stop())).isInstanceOf(ArrayList.class);
        assertThat(read(new PickleBytes()
                        .repeat(depth, Opcode.MARK)
                        .repeat(depth, Opcode.TUPLE)
                        .stop()))
                .isInstanceOf(PickledValue.Tuple.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {Opcode.EMPTY_LIST, Opcode.EMPTY_DICT, Opcode.MARK, Opcode.NONE})
    void morePushedValuesThanAnyStateDictHasAreRefused(int opcode) {
        assertRefused(
                new PickleBytes().repeat(PickleStack.MAX_VALUES + 1, opcode).stop(), "more than 1000000 values");
    }

    @Test
    void aMemoBombIsRefused() {
        var distinct = new PickleBytes().op(Opcode.NONE);
        for (int i = 0; i <= PickleStack.MAX_VALUES; i++) {
            distinct.op(Opcode.LONG_BINPUT).int32(i);
        }
        assertRefused(distinct.stop(), "more than 1000000 values");
        assertRefused(
                new PickleBytes()
                        .op(Opcode.NONE)
                        .repeat(PickleStack.MAX_VALUES, Opcode.MEMOIZE)
                        .stop(),
                "more than 1000000 values");
    }

    @Test
    void aMemoIndexCostsNoMoreThanItsEntry() {
        Object value = read(new PickleBytes()
                .text("far")
                .op(Opcode.LONG_BINPUT)
                .int32(-1)
                .op(Opcode.LONG_BINGET)
                .int32(-1)
                .stop());
        assertThat(value).isEqualTo("far");
    }

    @Test
    void referencesThatDoubleWithEachLevelAreNotUnfolded() {
        var pickle = new PickleBytes().op(Opcode.EMPTY_TUPLE, Opcode.BINPUT, 0);
        for (int level = 0; level < 200; level++) {
            pickle.op(Opcode.BINGET, 0, Opcode.BINGET, 0, Opcode.TUPLE2, Opcode.BINPUT, 0);
        }
        assertThat(read(pickle.stop())).isInstanceOf(PickledValue.Tuple.class);
    }

    @Test
    void aDictionaryThatHoldsItselfIsHarmless() {
        Object value = read(new PickleBytes()
                .op(Opcode.EMPTY_DICT, Opcode.BINPUT, 0)
                .text("self")
                .op(Opcode.BINGET, 0, Opcode.SETITEM)
                .stop());
        var file = new TorchFile(file(new byte[0]), value, Map.of());
        assertThatThrownBy(file::stateDict)
                .hasMessageContaining("holds no tensors")
                .hasMessageContaining("[self]");
    }

    @Test
    void aContainerIsNoDictionaryKey() {
        assertRefused(
                new PickleBytes()
                        .op(Opcode.EMPTY_DICT, Opcode.EMPTY_LIST, Opcode.NONE, Opcode.SETITEM)
                        .stop(),
                "key",
                "ArrayList");
    }

    @Test
    void announcedLengthsAreCheckedBeforeAnythingIsMade() {
        assertRefused(new PickleBytes().op(Opcode.BINUNICODE).int32(-1).stop(), "needs 4294967295 more bytes");
        assertRefused(new PickleBytes().op(Opcode.LONG1, 255).stop(), "needs 255 more bytes");
        assertRefused(new PickleBytes().op(Opcode.SHORT_BINUNICODE, 200).stop(), "needs 200 more bytes");
        assertRefused(new PickleBytes().op(Opcode.SHORT_BINSTRING, 2).stop(), "needs 2 more bytes");
        assertRefused(new PickleBytes().op(Opcode.BINFLOAT).stop(), "needs 8 more bytes");
        assertRefused(new PickleBytes().op(Opcode.NONE).toByteArray(), "needs 1 more bytes at byte 1");
    }

    @Test
    void aPickleBeyondTheLimitIsRefused() {
        byte[] pickle = new byte[(int) PickleInput.MAX_BYTES + 2];
        for (int i = 0; i < pickle.length; i += 2) {
            pickle[i] = (byte) Opcode.PROTO;
        }
        assertRefused(pickle, "longer than 16000000 bytes");
    }

    @Test
    void aLineWithoutEndIsRefused() {
        assertRefused(new PickleBytes().op(Opcode.GLOBAL).repeat(1000, 'a').stop(), "no end of line within 256 bytes");
        assertRefused(new PickleBytes().op(Opcode.GLOBAL).repeat(10, 'a').stop(), "no end of line");
    }

    @Test
    void textThatIsNotUtf8IsRefused() {
        assertRefused(new PickleBytes().op(Opcode.SHORT_BINSTRING, 1, 0xFF).stop(), "not UTF-8");
    }

    @Test
    void anEmptyStackIsNoticed() {
        assertRefused(new PickleBytes().stop(), "empty stack");
        assertRefused(new PickleBytes().op(Opcode.APPEND).stop(), "takes 1 values from a stack of 0");
        assertRefused(new PickleBytes().op(Opcode.NONE, Opcode.APPEND).stop(), "empty stack");
        assertRefused(new PickleBytes().op(Opcode.NONE, Opcode.TUPLE3).stop(), "takes 3 values from a stack of 1");
        assertRefused(new PickleBytes().op(Opcode.TUPLE).stop(), "no mark");
        assertRefused(
                new PickleBytes().op(Opcode.NONE, Opcode.MARK, Opcode.REDUCE).stop(), "from a stack of 0");
        assertRefused(new PickleBytes().op(Opcode.BINPUT, 0).stop(), "empty stack");
        assertRefused(new PickleBytes().op(Opcode.BINGET, 7).stop(), "memo 7", "not set");
    }

    @Test
    void itemsOfTheWrongKindOfContainerAreRefused() {
        assertRefused(
                new PickleBytes().op(Opcode.NONE, Opcode.NONE, Opcode.APPEND).stop(), "appends to", "Marker");
        assertRefused(
                new PickleBytes()
                        .op(Opcode.EMPTY_LIST)
                        .text("a")
                        .text("b")
                        .op(Opcode.SETITEM)
                        .stop(),
                "sets items of",
                "ArrayList");
        assertRefused(
                new PickleBytes()
                        .op(Opcode.EMPTY_DICT, Opcode.MARK)
                        .text("a")
                        .op(Opcode.SETITEMS)
                        .stop(),
                "sets items of");
    }

    @Test
    void aPersistentIdMustBeAStorage() {
        assertRefused(new PickleBytes().text("storage").op(Opcode.BINPERSID).stop(), "persistent id");
        assertRefused(
                new PickleBytes()
                        .text("module")
                        .op(Opcode.TUPLE1, Opcode.BINPERSID)
                        .stop(),
                "persistent id");
        assertRefused(new PickleBytes().storage("FloatStorage", "0", -1).stop(), "persistent id");
    }

    @Test
    void oneStorageHasOneTypeAndSize() {
        assertRefused(
                new PickleBytes()
                        .storage("FloatStorage", "0", 4)
                        .storage("DoubleStorage", "0", 4)
                        .stop(),
                "storage '0' as 4 elements of F32 and as 4 of F64");
    }

    @Test
    void aShapeOfMoreDimensionsThanTorchKnowsIsRefused() {
        var pickle = new PickleBytes()
                .global("torch._utils", "_rebuild_tensor_v2")
                .op(Opcode.MARK)
                .storage("FloatStorage", "0", 1)
                .number(0)
                .op(Opcode.MARK);
        for (int i = 0; i < 65; i++) {
            pickle.number(1);
        }
        assertRefused(
                pickle.op(Opcode.TUPLE, Opcode.BINPUT, 0, Opcode.BINGET, 0, Opcode.TUPLE, Opcode.REDUCE)
                        .stop(),
                "makes a shape");
    }

    private static Object read(byte[] pickle) {
        return Unpickler.read(new PickleInput(file(pickle), 0, pickle.length)).value();
    }

    private static MappedFile file(byte[] content) {
        return new MappedFile(Path.of("hostile.bin"), MemorySegment.ofArray(content));
    }

    private static void assertRefused(byte[] pickle, String... faults) {
        assertThatThrownBy(() -> read(pickle))
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith("hostile.bin: ")
                .hasMessageContainingAll(faults);
    }
}
