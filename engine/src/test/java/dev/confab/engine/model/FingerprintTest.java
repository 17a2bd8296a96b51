package dev.confab.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FingerprintTest {
    private static final String BLOB = "0123456789abcdef".repeat(4);

    @TempDir
    Path folder;

    private static String of(Path file) {
        return new Fingerprint().add(file).hex();
    }

    private Path write(String name, byte[] content) throws IOException {
        Path file = Files.write(folder.resolve(name), content);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
        return file;
    }

    @Test
    void itIsTheSameForTheSameFileAndHas32Digits() throws IOException {
        Path file = write("a.safetensors", new byte[1000]);
        assertThat(of(file)).isEqualTo(of(file)).matches("[0-9a-f]{32}");
        Path empty = write("empty.safetensors", new byte[0]);
        assertThat(of(empty)).isEqualTo(of(empty)).isNotEqualTo(of(file));
    }

    @Test
    void aChangeOfContentSizeOrTimeChangesIt() throws IOException {
        Path file = write("a.safetensors", new byte[1_000_000]);
        String before = of(file);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_001));
        assertThat(of(file)).isNotEqualTo(before);

        write("a.safetensors", new byte[1_000_001]);
        assertThat(of(file)).isNotEqualTo(before);

        for (long at : new long[] {0, 4095, 490_100, 999_999}) {
            write("a.safetensors", new byte[1_000_000]);
            try (var access = new RandomAccessFile(file.toFile(), "rw")) {
                access.seek(at);
                access.write(1);
            }
            Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
            // Of a file this large a quarter is read, in 64 samples of 4096 bytes; these places are in some.
            assertThat(of(file)).as("byte " + at).isNotEqualTo(before);
        }
    }

    /** There the name is the checksum, and neither time nor place counts. */
    @Test
    void inTheHubsCacheTheNameOfTheBlobCounts() throws IOException {
        Path blob = write(BLOB, new byte[100]);
        Path link = Files.createSymbolicLink(folder.resolve("model.safetensors"), blob);
        String before = of(link);
        Files.setLastModifiedTime(blob, FileTime.fromMillis(2_000_000));
        assertThat(of(link)).isEqualTo(before).isEqualTo(of(blob));
        assertThat(of(write("f" + BLOB.substring(1), new byte[100]))).isNotEqualTo(before);
    }

    @Test
    void textsDoNotRunIntoEachOther() {
        assertThat(new Fingerprint().add("ab").add("c").hex())
                .isNotEqualTo(new Fingerprint().add("a").add("bc").hex());
        assertThat(new Fingerprint().add("q8").hex())
                .isNotEqualTo(new Fingerprint().add("q4").hex());
    }

    @Test
    void aFileThatIsGoneIsAnError() {
        assertThatThrownBy(() -> of(folder.resolve("gone"))).isInstanceOf(UncheckedIOException.class);
    }
}
