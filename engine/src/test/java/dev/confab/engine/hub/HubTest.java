package dev.confab.engine.hub;

import static dev.confab.engine.hub.TestHub.COMMIT;
import static dev.confab.engine.hub.TestHub.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a hub does when everything goes well. */
final class HubTest {
    private static final String WEIGHTS = "pytorch_model.bin";

    @TempDir
    private Path cache;

    private final TestHub server = new TestHub()
            .small("config.json", "{\"model_type\": \"gpt2\"}")
            .small("vocab.json", "{\"a\": 0}")
            .small("merges.txt", "#version: 0.2\n")
            .small("README.md", "# A model")
            .large("tf_model.h5", bytes(10_000))
            .large(WEIGHTS, bytes(300_000));

    static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Hub hub() {
        return Hub.of(server.options(cache));
    }

    private Hub offlineHub() {
        return Hub.of(server.options(cache).withOffline(true));
    }

    private Path folder() {
        return cache.resolve("models--acme--chatty");
    }

    @Test
    void theFilesNeededAreFetchedAndNoOthers() throws IOException {
        Path snapshot = hub().resolve(NAME);

        assertThat(snapshot).isEqualTo(folder().resolve("snapshots").resolve(COMMIT));
        try (var files = Files.list(snapshot)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("config.json", "vocab.json", "merges.txt", WEIGHTS);
        }
        assertThat(snapshot.resolve(WEIGHTS)).hasBinaryContent(server.content(WEIGHTS));
        assertThat(snapshot.resolve("config.json")).hasBinaryContent(server.content("config.json"));
    }

    @Test
    void anAdapterIsFetchedWithoutABase() throws IOException {
        try (var adapters = new TestHub()
                .small("adapter_config.json", "{\"peft_type\": \"LORA\"}")
                .small("README.md", "# An adapter")
                .large("adapter_model.safetensors", bytes(10_000))) {
            Path snapshot = Hub.of(adapters.options(cache)).resolve(NAME);

            try (var files = Files.list(snapshot)) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .containsExactlyInAnyOrder("adapter_config.json", "adapter_model.safetensors");
            }
            assertThat(Hub.of(adapters.options(cache).withOffline(true)).resolve(NAME))
                    .isEqualTo(snapshot);
        }
    }

    @Test
    void theLayoutIsThatOfPythonsClient() throws IOException {
        Path snapshot = hub().resolve(NAME);

        assertThat(folder().resolve("refs/main")).hasContent(COMMIT);
        for (String file : List.of("config.json", WEIGHTS)) {
            assertThat(Files.readSymbolicLink(snapshot.resolve(file)))
                    .isEqualTo(Path.of("..", "..", "blobs", server.etag(file)));
        }
        try (var blobs = Files.list(folder().resolve("blobs"))) {
            assertThat(blobs).hasSize(4).noneMatch(blob -> blob.toString().endsWith(".incomplete"));
        }
    }

    @Test
    void theProgressAddsUpToTheTotal() {
        var progress = new RecordedProgress();
        hub().resolve(NAME, "main", progress);

        assertThat(progress.started).containsExactly(NAME);
        assertThat(progress.total).isGreaterThan(300_000);
        assertThat(progress.advanced).isEqualTo(progress.total);
        assertThat(progress.finished).isEqualTo(1);
    }

    @Test
    void theTokenGoesToTheEndpointAndNeverToTheHostOfTheFiles() {
        hub().resolve(NAME);

        assertThat(server.requests())
                .filteredOn(request -> request.server().equals("endpoint"))
                .isNotEmpty()
                .allMatch(request -> request.authorization().equals("Bearer " + TestHub.SECRET));
        assertThat(server.requests())
                .filteredOn(request -> request.server().equals("cdn"))
                .hasSize(1)
                .allMatch(request -> request.authorization().equals("null"));
        assertThat(server.requests())
                .allMatch(request ->
                        request.method().equals("HEAD") || request.encoding().equals("identity"));
    }

    @Test
    void aSecondResolveAsksOnlyWhetherTheRevisionHasMoved() {
        Path first = hub().resolve(NAME);
        server.forgetRequests();
        var progress = new RecordedProgress();

        assertThat(hub().resolve(NAME, "main", progress)).isEqualTo(first);
        assertThat(server.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.path()).isEqualTo("/api/models/acme/chatty/revision/main"));
        assertThat(progress.started).isEmpty();
    }

    @Test
    void aRevisionThatMovedFetchesOnlyWhatChanged() {
        Path first = hub().resolve(NAME);
        String next = "f".repeat(40);
        server.commit(next);
        server.small("config.json", "{\"model_type\": \"gpt2\", \"n_ctx\": 8}");
        server.forgetRequests();

        Path second = hub().resolve(NAME);
        assertThat(second).isNotEqualTo(first);
        assertThat(second.resolve("config.json")).content().contains("n_ctx");
        assertThat(first.resolve("config.json")).content().doesNotContain("n_ctx");
        assertThat(server.requests("GET", "config.json")).hasSize(1);
        assertThat(server.requests("GET", WEIGHTS)).isEmpty();
        assertThat(folder().resolve("refs/main")).hasContent(next);
    }

    @Test
    void aCommitThatIsHereNeedsNoNetwork() {
        hub().resolve(NAME);
        server.forgetRequests();

        Path snapshot = hub().resolve(NAME, COMMIT, Progress.NONE);
        assertThat(snapshot.getFileName()).hasToString(COMMIT);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aCommitCanBeFetchedByItsHashAndLeavesNoReference() {
        Path snapshot = hub().resolve(NAME, COMMIT, Progress.NONE);
        assertThat(snapshot.resolve(WEIGHTS)).exists();
        assertThat(folder().resolve("refs")).doesNotExist();
    }

    @Test
    void aRevisionWithSlashesIsOneSegmentOfTheAddress() {
        hub().resolve(NAME, "refs/pr/2", Progress.NONE);
        assertThat(server.requests().getFirst().path()).isEqualTo("/api/models/acme/chatty/revision/refs%2Fpr%2F2");
        assertThat(folder().resolve("refs/refs/pr/2")).hasContent(COMMIT);
    }

    @Test
    void whatWasFetchedIsFoundOffline() {
        Path online = hub().resolve(NAME);
        server.forgetRequests();

        assertThat(offlineHub().resolve(NAME)).isEqualTo(online);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void whatWasFetchedIsFoundWhileTheHubCannotBeReached() {
        Path online = hub().resolve(NAME);
        server.close();
        assertThat(hub().resolve(NAME)).isEqualTo(online);
    }

    @Test
    void aCacheWrittenByPythonsClientIsFoundOffline() throws IOException {
        Path model = cache.resolve("models--gpt2");
        Path snapshot = Files.createDirectories(model.resolve("snapshots").resolve(COMMIT));
        Files.createDirectories(model.resolve("blobs"));
        Files.createDirectories(model.resolve("refs"));
        Files.writeString(model.resolve("refs/main"), COMMIT);
        for (String file : List.of("config.json", "model.safetensors")) {
            byte[] content = file.getBytes(StandardCharsets.UTF_8);
            String etag = file.endsWith(".json") ? TestHub.gitSha1(content) : TestHub.sha256(content);
            Files.write(model.resolve("blobs").resolve(etag), content);
            Files.createSymbolicLink(snapshot.resolve(file), Path.of("..", "..", "blobs", etag));
        }

        assertThat(offlineHub().resolve("gpt2")).isEqualTo(snapshot);
        assertThatThrownBy(() -> offlineHub().resolve("gpt2", "main", ModelFiles.TOKENIZER, Progress.NONE))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("incomplete");
    }

    @Test
    void aBlobThatPythonsClientLeftIsLinkedAndNotFetched() throws IOException {
        Path blobs = Files.createDirectories(folder().resolve("blobs"));
        Files.write(blobs.resolve(server.etag(WEIGHTS)), server.content(WEIGHTS));

        assertThat(hub().resolve(NAME).resolve(WEIGHTS)).hasBinaryContent(server.content(WEIGHTS));
        assertThat(server.requests("GET", WEIGHTS)).isEmpty();
    }

    @Test
    void theTokenizerAloneComesWithoutTheWeights() {
        Path snapshot = hub().resolve(NAME, "main", ModelFiles.TOKENIZER, Progress.NONE);
        assertThat(snapshot.resolve("vocab.json")).exists();
        assertThat(snapshot.resolve(WEIGHTS)).doesNotExist();
        assertThat(server.requests("HEAD", WEIGHTS)).isEmpty();

        assertThat(hub().resolve(NAME).resolve(WEIGHTS)).exists();
    }

    @Test
    void shardsAreFetchedAsTheIndexNamesThem() {
        server.small(
                        "model.safetensors.index.json",
                        "{\"weight_map\": {\"a\": \"model-1.safetensors\", \"b\": \"model-2.safetensors\", \"c\": \"model-1.safetensors\"}}")
                .large("model-1.safetensors", bytes(1000))
                .large("model-2.safetensors", bytes(2000))
                .large("model-3.safetensors", bytes(3000));

        Path snapshot = hub().resolve(NAME);
        assertThat(snapshot.resolve("model-1.safetensors")).hasSize(1000);
        assertThat(snapshot.resolve("model-2.safetensors")).hasSize(2000);
        assertThat(snapshot.resolve("model-3.safetensors")).doesNotExist();
        assertThat(snapshot.resolve(WEIGHTS)).doesNotExist();
    }

    @Test
    void aRenamedModelIsFollowedOnTheSameHost() {
        server.moveTo("openers/chatty");
        Path snapshot = hub().resolve(NAME);
        assertThat(snapshot.resolve(WEIGHTS)).hasBinaryContent(server.content(WEIGHTS));
        assertThat(snapshot.startsWith(folder())).isTrue();
    }

    @Test
    void twoFilesWithTheSameContentAreFetchedOnce() {
        server.small("added_tokens.json", "{}").small("special_tokens_map.json", "{}");
        var progress = new RecordedProgress();
        Path snapshot = hub().resolve(NAME, "main", progress);

        assertThat(snapshot.resolve("added_tokens.json")).hasContent("{}");
        assertThat(snapshot.resolve("special_tokens_map.json")).hasContent("{}");
        assertThat(server.requests())
                .filteredOn(request -> request.method().equals("GET")
                        && (request.path().endsWith("added_tokens.json")
                                || request.path().endsWith("map.json")))
                .hasSize(1);
        assertThat(progress.advanced).isEqualTo(progress.total);
    }

    @Test
    void theProxyOfTheEnvironmentIsUsedButForTheHostsLeftOut() {
        var environment = Map.of("http_proxy", server.address().toString(), "NO_PROXY", "localhost");
        HubOptions options = server.options(cache)
                .withEndpoint(URI.create("http://hub.invalid"))
                .withProxies(EnvironmentProxies.of(environment));

        assertThat(Hub.of(options).resolve(NAME).resolve(WEIGHTS)).hasBinaryContent(server.content(WEIGHTS));
        assertThat(server.requests())
                .filteredOn(request -> request.server().equals("cdn"))
                .hasSize(1);
    }

    @Test
    void anEmptyFileIsAFile() {
        server.small("added_tokens.json", "");
        assertThat(hub().resolve(NAME).resolve("added_tokens.json")).isEmptyFile();
    }

    @Test
    void manyAtOnceDownloadOnce() throws Exception {
        List<Callable<Path>> calls = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            calls.add(() -> hub().resolve(NAME));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var result : threads.invokeAll(calls)) {
                assertThat(result.get().resolve(WEIGHTS)).hasBinaryContent(server.content(WEIGHTS));
            }
        }
        assertThat(server.requests("GET", WEIGHTS))
                .filteredOn(request -> request.server().equals("cdn"))
                .hasSize(1);
        assertThat(server.requests("GET", "config.json")).hasSize(1);
    }

    @Test
    void aLocalFolderOrFileIsTakenAsItIs(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("medium_ft.pkl"), "");
        assertThat(hub().resolve(folder.toString())).isEqualTo(folder);
        assertThat(hub().resolve(file.toString())).isEqualTo(file);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void theCacheIsListedAndEmptied() {
        Path snapshot = hub().resolve(NAME);
        hub().resolve(NAME, "v1", Progress.NONE);
        CachedModel model = hub().cached().getFirst();

        assertThat(model.name()).isEqualTo(NAME);
        assertThat(model.folder()).isEqualTo(folder());
        assertThat(model.sizeBytes()).isBetween(300_000L, 301_000L);
        assertThat(model.lastUsed()).isAfter(Instant.EPOCH);
        assertThat(model.snapshots())
                .containsExactly(new CachedModel.Snapshot(COMMIT, snapshot, List.of("main", "v1")));

        assertThat(hub().remove(NAME)).isTrue();
        assertThat(hub().remove(NAME)).isFalse();
        assertThat(hub().cached()).isEmpty();
        assertThat(folder()).doesNotExist();
    }

    @Test
    void anAbsentCacheHasNoModels() {
        assertThat(Hub.of(server.options(cache.resolve("none"))).cached()).isEmpty();
    }
}
