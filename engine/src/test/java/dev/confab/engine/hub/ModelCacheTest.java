package dev.confab.engine.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelCacheTest {
    private static final ModelName NAME = new ModelName("a/b");
    private static final String COMMIT = "a".repeat(40);

    @TempDir
    private Path root;

    @Test
    void aFileSystemWithoutLinksGetsCopies() throws IOException {
        try (var zip = FileSystems.newFileSystem(root.resolve("cache.zip"), Map.of("create", "true"))) {
            Path blob = zip.getPath("/m/blobs/e");
            Path folder = zip.getPath("/m/snapshots/c");
            Files.createDirectories(blob.getParent());
            Files.writeString(blob, "content");

            ModelCache.link(blob, folder, "config.json");
            assertThat(folder.resolve("config.json")).hasContent("content");
            assertThat(Files.isSymbolicLink(folder.resolve("config.json"))).isFalse();
        }
    }

    @Test
    void aLinkWhoseBlobIsGoneIsReplaced() throws IOException {
        Path folder = Files.createDirectories(root.resolve("m/snapshots/c"));
        Path blob = Files.createDirectories(root.resolve("m/blobs")).resolve("e");
        Files.writeString(blob, "content");
        Files.createSymbolicLink(folder.resolve("config.json"), Path.of("../../blobs/gone"));

        ModelCache.link(blob, folder, "config.json");
        assertThat(folder.resolve("config.json")).hasContent("content");
    }

    @Test
    void aReferenceThatIsNoCommitIsNotFollowed() throws IOException {
        var cache = new ModelCache(root);
        Path refs = Files.createDirectories(cache.folder(NAME).resolve("refs"));
        Files.writeString(refs.resolve("main"), "../../../elsewhere");
        assertThat(cache.find(NAME, new Revision("main"))).isEmpty();
    }

    @Test
    void aRevisionIsFoundOnceItPointsAtASnapshot() throws IOException {
        var cache = new ModelCache(root);
        cache.point(NAME, new Revision("refs/pr/1"), COMMIT);
        assertThat(cache.find(NAME, new Revision("refs/pr/1"))).isEmpty();
        Path snapshot = Files.createDirectories(cache.snapshot(NAME, COMMIT));
        assertThat(cache.find(NAME, new Revision("refs/pr/1"))).contains(snapshot);
        assertThat(cache.find(NAME, new Revision(COMMIT))).contains(snapshot);
        assertThat(cache.find(NAME, new Revision("main"))).isEmpty();
    }

    @Test
    void removingAModelLeavesWhatLinksPointTo() throws IOException {
        var cache = new ModelCache(root);
        Path precious = Files.createDirectories(root.resolve("precious"));
        Files.writeString(precious.resolve("file"), "keep");
        Files.createDirectories(cache.folder(NAME));
        Files.createSymbolicLink(cache.folder(NAME).resolve("link"), precious);

        assertThat(cache.remove(NAME)).isTrue();
        assertThat(precious.resolve("file")).hasContent("keep");
    }
}
