package dev.confab.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files in torch's two formats, made by hand to be odd or hostile. */
final class TorchFileTest {
    private static final int FLOATS = 4;

    @TempDir
    private Path folder;

    @Test
    void recordsAtAnyAddressAreRead() throws IOException {
        for (int shift = 0; shift < 8; shift++) {
            var records = records(tensor(0, 4, 1));
            records.put("a/" + "x".repeat(shift), new byte[0]);
            records.put("a/data/0", records.remove("a/data/0"));
            assertThat(floats(zip(records))).containsExactly(1, 2, 3, 4);
        }
    }

    @Test
    void viewsAreReadByOffsetAndStride() throws IOException {
        assertThat(floats(zip(records(tensor(1, 2, 2))))).containsExactly(2, 4);
        assertThat(floats(zip(records(tensor(3, 4, 0))))).containsExactly(4, 4, 4, 4);
        assertThat(floats(zip(records(tensor(4, 0, 1))))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 5, 1, reaches beyond its storage of 4 elements",
        "1, 4, 1, reaches beyond its storage of 4 elements",
        "0, 2, 4, reaches beyond its storage of 4 elements",
        "0, 9223372036854775807, 0, reaches beyond its storage of 4 elements",
        "4, 1, 1, reaches beyond its storage of 4 elements",
        "-1, 2, 1, impossible layout",
        "0, -2, 1, impossible layout",
        "2, 2, -1, impossible layout",
        "0, 9223372036854775807, 9223372036854775807, impossible layout",
        "9223372036854775807, 2, 1, impossible layout"
    })
    void aTensorOutsideItsStorageIsRefused(long offset, long size, long stride, String fault) throws IOException {
        assertRefused(zip(records(tensor(offset, size, stride))), "'t'", fault);
    }

    @Test
    void theStateDictIsFoundInATrainingCheckpoint() throws IOException {
        for (String key : new String[] {"state_dict", "model_state_dict", "model", "module"}) {
            byte[] pickle = new PickleBytes()
                    .op(Opcode.EMPTY_DICT)
                    .text("epoch")
                    .number(3)
                    .op(Opcode.SETITEM)
                    .text(key)
                    .op(Opcode.EMPTY_DICT)
                    .text("t")
                    .tensor(FLOATS, 0, 4, 1)
                    .op(Opcode.SETITEM, Opcode.SETITEM)
                    .stop();
            assertThat(floats(zip(records(pickle)))).containsExactly(1, 2, 3, 4);
        }
    }

    @Test
    void aValueWithoutTensorsIsRefused() throws IOException {
        byte[] list = new PickleBytes().op(Opcode.EMPTY_LIST).stop();
        assertRefused(zip(records(list)), "ArrayList", "expected a dictionary of tensors");
        byte[] numbers = new PickleBytes()
                .op(Opcode.EMPTY_DICT)
                .text("epoch")
                .number(3)
                .op(Opcode.SETITEM)
                .stop();
        assertRefused(zip(records(numbers)), "holds no tensors", "[epoch]");
    }

    @Test
    void aCompressedStorageIsRefused() throws IOException {
        Path file = folder.resolve("packed.bin");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var record : records(tensor(0, 4, 1)).entrySet()) {
                zip.putNextEntry(new ZipEntry(record.getKey()));
                zip.write(record.getValue());
            }
        }
        assertRefused(file, "record 'a/data.pkl' is compressed (zip method 8)");
    }

    @Test
    void bigEndianFilesAreRefused() throws IOException {
        var records = records(tensor(0, 4, 1));
        records.put("a/byteorder", bytes("big"));
        assertRefused(zip(records), "byte order 'big'");
        assertRefused(legacy(false, FLOATS, "0"), "big-endian");
    }

    @Test
    void otherZipFilesAreRefused() throws IOException {
        var script = records(tensor(0, 4, 1));
        script.put("a/constants.pkl", new byte[0]);
        assertRefused(zip(script), "TorchScript");
        assertRefused(zip(Map.of("a/readme.txt", bytes("hello"))), "0 records FOLDER/data.pkl");
        var two = records(tensor(0, 4, 1));
        two.put("b/data.pkl", new byte[0]);
        assertRefused(zip(two), "2 records FOLDER/data.pkl");
    }

    @Test
    void aDamagedZipIsRefusedWhereverItIsCut() throws IOException {
        byte[] whole = Files.readAllBytes(zip(records(tensor(0, 4, 1))));
        for (int length = 2; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(cut))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("truncated");
        }
    }

    @Test
    void flippedBytesNeverEscapeAsAnythingButARefusal() throws IOException {
        int refused = 0;
        for (Path whole : new Path[] {zip(records(tensor(0, 4, 1))), legacy(true, FLOATS, "0")}) {
            byte[] bytes = Files.readAllBytes(whole);
            for (int at = 0; at < bytes.length; at++) {
                for (int flip : new int[] {0x01, 0x80, 0xFF}) {
                    bytes[at] ^= (byte) flip;
                    try {
                        read(bytes).forEach(TorchFileTest::read);
                    } catch (CheckpointException e) {
                        refused++;
                    }
                    bytes[at] ^= (byte) flip;
                }
            }
        }
        System.out.println("torch files with one byte flipped: " + refused + " refused");
        assertThat(refused).isPositive();
    }

    @Test
    void aLegacyFileIsReadAndChecked() throws IOException {
        assertThat(floats(legacy(true, FLOATS, "0"))).containsExactly(1, 2, 3, 4);
        assertRefused(legacy(true, FLOATS - 1, "0"), "storage '0' has 3 elements, expected 4");
        assertRefused(legacy(true, FLOATS, "1"), "a storage that no tensor uses");
        byte[] whole = Files.readAllBytes(legacy(true, FLOATS, "0"));
        for (int length = 2; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(cut))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("truncated");
        }
    }

    @Test
    void aZip64DirectoryIsRead() throws IOException {
        byte[] pickle = tensor(0, 4, 1);
        var zip = new ByteArrayOutputStream();
        int pickleAt = local(zip, "a/data.pkl", pickle);
        int storageAt = local(zip, "a/data/0", storage());
        int directoryAt = zip.size();
        central64(zip, "a/data.pkl", pickle.length, pickleAt);
        central64(zip, "a/data/0", FLOATS * Float.BYTES, storageAt);
        int directoryBytes = zip.size() - directoryAt;
        int end64At = zip.size();
        zip.writeBytes(little(56)
                .putInt(0x06064b50)
                .putLong(44)
                .putShort((short) 45)
                .putShort((short) 45)
                .putInt(0)
                .putInt(0)
                .putLong(2)
                .putLong(2)
                .putLong(directoryBytes)
                .putLong(directoryAt)
                .array());
        zip.writeBytes(little(20)
                .putInt(0x07064b50)
                .putInt(0)
                .putLong(end64At)
                .putInt(1)
                .array());
        zip.writeBytes(little(22)
                .putInt(0x06054b50)
                .putInt(0)
                .putShort((short) -1)
                .putShort((short) -1)
                .putInt(-1)
                .putInt(-1)
                .putShort((short) 0)
                .array());
        Path file = folder.resolve("zip64.bin");
        Files.write(file, zip.toByteArray());
        assertThat(floats(file)).containsExactly(1, 2, 3, 4);
    }

    private static int local(ByteArrayOutputStream zip, String name, byte[] content) {
        int at = zip.size();
        zip.writeBytes(little(30)
                .putInt(0x04034b50)
                .putInt(45)
                .putLong(0)
                .putInt(-1)
                .putInt(-1)
                .putInt(-1)
                .putShort(26, (short) name.length())
                .putShort(28, (short) 0)
                .array());
        zip.writeBytes(bytes(name));
        zip.writeBytes(content);
        return at;
    }

    private static void central64(ByteArrayOutputStream zip, String name, long size, long localHeader) {
        zip.writeBytes(little(46)
                .putInt(0x02014b50)
                .putInt(20, -1)
                .putInt(24, -1)
                .putShort(28, (short) name.length())
                .putShort(30, (short) 28)
                .putInt(42, -1)
                .array());
        zip.writeBytes(bytes(name));
        zip.writeBytes(little(28)
                .putShort((short) 1)
                .putShort((short) 24)
                .putLong(size)
                .putLong(size)
                .putLong(localHeader)
                .array());
    }

    private static byte[] tensor(long offset, long size, long stride) {
        return new PickleBytes()
                .op(Opcode.PROTO, 2, Opcode.EMPTY_DICT)
                .text("t")
                .tensor(FLOATS, offset, size, stride)
                .op(Opcode.SETITEM)
                .stop();
    }

    private static byte[] storage() {
        return little(FLOATS * Float.BYTES)
                .putFloat(1)
                .putFloat(2)
                .putFloat(3)
                .putFloat(4)
                .array();
    }

    private static Map<String, byte[]> records(byte[] pickle) {
        var records = new LinkedHashMap<String, byte[]>();
        records.put("a/data.pkl", pickle);
        records.put("a/data/0", storage());
        records.put("a/version", bytes("3\n"));
        return records;
    }

    private Path zip(Map<String, byte[]> records) throws IOException {
        Path file = folder.resolve("torch.bin");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var record : records.entrySet()) {
                var crc = new CRC32();
                crc.update(record.getValue());
                var entry = new ZipEntry(record.getKey());
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(record.getValue().length);
                entry.setCrc(crc.getValue());
                zip.putNextEntry(entry);
                zip.write(record.getValue());
            }
        }
        return file;
    }

    private Path legacy(boolean littleEndian, long count, String key) throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new PickleBytes()
                .op(Opcode.PROTO, 2, Opcode.LONG1, 10)
                .op(0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19)
                .stop());
        bytes.writeBytes(new PickleBytes().number(1001).stop());
        bytes.writeBytes(new PickleBytes()
                .op(Opcode.EMPTY_DICT)
                .text("little_endian")
                .op(littleEndian ? Opcode.NEWTRUE : Opcode.NEWFALSE, Opcode.SETITEM)
                .stop());
        bytes.writeBytes(tensor(0, 4, 1));
        bytes.writeBytes(new PickleBytes()
                .op(Opcode.EMPTY_LIST)
                .text(key)
                .op(Opcode.APPEND)
                .stop());
        bytes.writeBytes(little(Long.BYTES).putLong(count).array());
        bytes.writeBytes(storage());
        Path file = folder.resolve("legacy.bin");
        Files.write(file, bytes.toByteArray());
        return file;
    }

    private static List<StoredTensor> read(byte[] content) {
        return WeightFile.read(new MappedFile(Path.of("torch.bin"), MemorySegment.ofArray(content)));
    }

    private static float[] floats(Path file) {
        try (var checkpoint = Checkpoint.open(file)) {
            return read(checkpoint.tensor("t").orElseThrow());
        }
    }

    private static float[] read(StoredTensor tensor) {
        float[] elements = new float[(int) tensor.elementCount()];
        tensor.readFloats(0, elements, 0, elements.length);
        return elements;
    }

    private static void assertRefused(Path file, String... faults) {
        assertThatThrownBy(() -> Checkpoint.open(file).close())
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContainingAll(faults);
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
