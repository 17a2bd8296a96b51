package dev.confab.kernels.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NativeLibraryTest {
    @TempDir
    Path folder;

    @Test
    void theLibraryIsUnpackedOnceAndADamagedFileIsReplaced() throws IOException {
        Path library = NativeLibrary.in(folder);
        Object whole = Files.readAttributes(library, "unix:ino").get("ino");
        assertThat(NativeLibrary.in(folder)).isEqualTo(library);
        assertThat(Files.readAttributes(library, "unix:ino")).containsEntry("ino", whole);

        long size = Files.size(library);
        try (var file = new RandomAccessFile(library.toFile(), "rw")) {
            file.seek(size / 2);
            int was = file.read();
            file.seek(size / 2);
            file.write(was ^ 0xFF);
        }
        NativeLibrary.in(folder);
        assertThat(Files.readAttributes(library, "unix:ino").get("ino")).isNotEqualTo(whole);

        try (var file = new RandomAccessFile(library.toFile(), "rw")) {
            file.setLength(size / 3);
        }
        assertThat(NativeLibrary.in(folder)).hasSize(size);
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .as("no partial file stays behind")
                    .containsExactlyInAnyOrder("libdnnl.so.3", "libgomp.so.1");
        }
    }

    @Test
    void theCacheFolderIsThatOfThePlatform() {
        assertThat(NativeLibrary.cacheFolder("/caches", "/home/someone")).hasToString("/caches/confab/onednn");
        assertThat(NativeLibrary.cacheFolder(null, "/home/someone")).hasToString("/home/someone/.cache/confab/onednn");
        assertThat(NativeLibrary.cacheFolder(" ", "/home/someone")).hasToString("/home/someone/.cache/confab/onednn");
    }
}
