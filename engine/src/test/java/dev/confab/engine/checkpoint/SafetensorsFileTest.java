package dev.confab.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the broken files of the fixtures leave out. */
final class SafetensorsFileTest {
    private static final String ONE_FLOAT = "'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}";

    @Test
    void theOrderOfTheDataCountsAndNotThatOfTheHeader() {
        List<StoredTensor> tensors = read(
                "{'late':{'dtype':'U8','shape':[2],'data_offsets':[4,6]},"
                        + "'early':{'dtype':'I16','shape':[2],'data_offsets':[0,4]}}",
                1,
                0,
                0xFF,
                0xFF,
                7,
                200);
        assertThat(tensors).extracting(StoredTensor::name).containsExactly("early", "late");
        assertThat(floats(tensors.get(0))).containsExactly(1, -1);
        assertThat(floats(tensors.get(1))).containsExactly(7, 200);
    }

    @Test
    void unknownFieldsAndEmptyMetadataAreSkipped() {
        assertThat(read(
                        "{'__metadata__':null,'a':{'note':{'x':[1]},'dtype':'F32','shape':[1],'data_offsets':[0,4]}}",
                        0,
                        0,
                        0,
                        0))
                .hasSize(1);
        assertThat(read("{'__metadata__':{'format':'pt'}," + ONE_FLOAT + "}", 0, 0, 0, 0))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'a':{'dtype':'F32','dtype':'F32','shape':[1],'data_offsets':[0,4]}} | 'dtype' of tensor 'a' is given twice",
                "{'a':{'dtype':4,'shape':[1],'data_offsets':[0,4]}} | 'dtype' of tensor 'a' is VALUE_NUMBER_INT",
                "{'a':{'dtype':'F32','shape':[1.0],'data_offsets':[0,4]}} | 'shape' of tensor 'a' is VALUE_NUMBER_FLOAT",
                "{'a':{'dtype':'F32','shape':1,'data_offsets':[0,4]}} | 'shape' of tensor 'a' is VALUE_NUMBER_INT",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0]}} | has 1 numbers, expected 2",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,2,4]}} | has 3 numbers, expected 2",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,99999999999999999999]}} | range",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,9223372036854775807]}} | expected 9223372036854775807",
                "{'a':[]} | tensor 'a' is START_ARRAY",
                "{'\\ud800':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | surrogate",
                "{'\\udc00':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | surrogate",
                "{'__metadata__':[]} | __metadata__ is START_ARRAY",
                "{} {} | something follows",
                "{'a': | Unexpected end-of-input",
                "{'a':{'dtype':'C64','shape':[1],'data_offsets':[0,4]}} | expected one of [F64, F32"
            })
    void aHeaderOfAnotherFormIsRefused(String header, String fault) {
        assertThatThrownBy(() -> read(header, 0, 0, 0, 0))
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith("model.safetensors: ")
                .hasMessageContaining(fault);
    }

    @Test
    void aDeeplyNestedHeaderIsRefused() {
        String deep = "{'a':{'x':" + "[".repeat(100_000);
        assertThatThrownBy(() -> read(deep))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("depth");
    }

    @Test
    void aFileIsRefusedWhereverItIsCut() {
        byte[] whole = file("{" + ONE_FLOAT + "}", 1, 2, 3, 4);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(cut)).isInstanceOf(CheckpointException.class);
        }
    }

    @Test
    void flippedBytesNeverEscapeAsAnythingButARefusal() {
        byte[] bytes = file("{" + ONE_FLOAT + "}", 1, 2, 3, 4);
        int refused = 0;
        for (int at = 0; at < bytes.length; at++) {
            for (int flip = 1; flip < 256; flip++) {
                bytes[at] ^= (byte) flip;
                try {
                    read(bytes).forEach(SafetensorsFileTest::floats);
                } catch (CheckpointException e) {
                    refused++;
                }
                bytes[at] ^= (byte) flip;
            }
        }
        System.out.println("safetensors files with one byte changed: " + refused + " refused");
        assertThat(refused).isPositive();
    }

    private static List<StoredTensor> read(String header, int... data) {
        return read(file(header, data));
    }

    private static List<StoredTensor> read(byte[] content) {
        return SafetensorsFile.read(new MappedFile(Path.of("model.safetensors"), MemorySegment.ofArray(content)));
    }

    /** Quotes are single in the header, for legibility. */
    private static byte[] file(String header, int... data) {
        byte[] json = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        var file = ByteBuffer.allocate(Long.BYTES + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(json.length).put(json);
        for (int b : data) {
            file.put((byte) b);
        }
        return file.array();
    }

    private static float[] floats(StoredTensor tensor) {
        float[] elements = new float[(int) tensor.elementCount()];
        tensor.readFloats(0, elements, 0, elements.length);
        return elements;
    }
}
