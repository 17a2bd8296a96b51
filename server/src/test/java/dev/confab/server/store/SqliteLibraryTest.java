package dev.confab.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.util.LibraryLoaderUtil;

class SqliteLibraryTest {
    @TempDir
    Path folder;

    @Test
    void theDriversLibraryLiesInTheFolderWhateverWasThere() throws IOException {
        Path made = folder.resolve("made");
        SqliteLibrary.unpack(made);
        Path library = made.resolve(LibraryLoaderUtil.getNativeLibName());
        byte[] whole = Files.readAllBytes(library);
        Files.writeString(library, "damaged");

        SqliteLibrary.unpack(made);

        assertThat(library).hasBinaryContent(whole);
        assertThat(made).isDirectoryNotContaining("glob:**.partial");
        assertThat(LibraryLoaderUtil.class.getResourceAsStream(
                        LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName()))
                .hasBinaryContent(whole);
    }

    @Test
    void aFolderThatCannotBeMadeIsAnError() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> SqliteLibrary.unpack(file)).isInstanceOf(IOException.class);
    }
}
