package dev.confab.engine.hub;

import static dev.confab.engine.hub.TestHub.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a hub does when something goes wrong. */
final class HubFailureTest {
    private static final String WEIGHTS = "model.safetensors";
    private static final int SIZE = 400_000;

    @TempDir
    private Path cache;

    private final TestHub server = new TestHub()
            .small("config.json", "{}")
            .small("tokenizer.json", "{\"model\": {}}")
            .large(WEIGHTS, HubTest.bytes(SIZE));

    @AfterEach
    void stop() {
        server.close();
    }

    private Hub hub() {
        return Hub.of(server.options(cache));
    }

    private Path incomplete() {
        return cache.resolve("models--acme--chatty/blobs/" + server.etag(WEIGHTS) + ".confab.incomplete");
    }

    private String failure() {
        return failure(hub());
    }

    private static String failure(Hub hub) {
        HubException thrown = catchThrowableOfType(HubException.class, () -> hub.resolve(NAME));
        assertThat(thrown).as("what resolve throws").isNotNull();
        String message = String.valueOf(thrown.getMessage());
        assertThat(message).doesNotContain(TestHub.SECRET);
        return message;
    }

    @Test
    void aDownloadThatBreaksOffGoesOnWhereItBroke() {
        server.cut(WEIGHTS, 150_000);
        var progress = new RecordedProgress();
        Path snapshot = hub().resolve(NAME, "main", progress);

        assertThat(snapshot.resolve(WEIGHTS)).hasBinaryContent(server.content(WEIGHTS));
        assertThat(server.requests("GET", WEIGHTS))
                .filteredOn(request -> request.server().equals("cdn"))
                // How much of what was sent has arrived before the cut is up to the network.
                .extracting(request -> request.range().replaceAll("[0-9]+", "N"))
                .containsExactly("null", "bytes=N-");
        assertThat(progress.advanced).isEqualTo(progress.total);
    }

    @Test
    void aNewStartGoesOnWhereTheLastOneEnded() throws IOException {
        Files.createDirectories(incomplete().getParent());
        byte[] first = Arrays.copyOf(server.content(WEIGHTS), 1234);
        Files.write(incomplete(), first);
        var progress = new RecordedProgress();

        Path snapshot = hub().resolve(NAME, "main", progress);
        assertThat(snapshot.resolve(WEIGHTS)).hasBinaryContent(server.content(WEIGHTS));
        assertThat(server.requests("GET", WEIGHTS).getLast().range()).isEqualTo("bytes=1234-");
        assertThat(progress.advanced).isEqualTo(progress.total);
        assertThat(incomplete()).doesNotExist();
    }

    @Test
    void aServerThatIgnoresTheRangeIsReadFromTheStart() {
        server.ignoreRange();
        server.cut(WEIGHTS, 150_000);
        var progress = new RecordedProgress();
        Path snapshot = hub().resolve(NAME, "main", progress);

        assertThat(snapshot.resolve(WEIGHTS)).hasBinaryContent(server.content(WEIGHTS));
        assertThat(progress.advanced).isEqualTo(progress.total);
    }

    @Test
    void aServerThatRefusesTheRangeIsReadFromTheStart() {
        server.refuseRange();
        server.cut(WEIGHTS, 150_000);
        var progress = new RecordedProgress();
        Path snapshot = hub().resolve(NAME, "main", progress);

        assertThat(snapshot.resolve(WEIGHTS)).hasBinaryContent(server.content(WEIGHTS));
        assertThat(server.requests("GET", WEIGHTS))
                .filteredOn(request -> request.server().equals("cdn"))
                // How much of what was sent has arrived before the cut is up to the network.
                .extracting(request -> request.range().replaceAll("[0-9]+", "N"))
                .containsExactly("null", "bytes=N-", "null");
        assertThat(progress.advanced).isEqualTo(progress.total);
    }

    @Test
    void damagedOnceIsFetchedAgain() {
        server.corrupt(WEIGHTS, 1);
        var progress = new RecordedProgress();
        Path snapshot = hub().resolve(NAME, "main", progress);

        assertThat(snapshot.resolve(WEIGHTS)).hasBinaryContent(server.content(WEIGHTS));
        assertThat(progress.advanced).isEqualTo(progress.total);
    }

    @Test
    void damagedTwiceIsAnErrorAndLeavesNothingBehind() {
        server.corrupt(WEIGHTS, 2);
        assertThat(failure()).contains(WEIGHTS, "damaged", server.etag(WEIGHTS));
        assertThat(incomplete()).doesNotExist();
        assertThat(cache.resolve("models--acme--chatty/snapshots")).doesNotExist();
        assertThat(cache.resolve("models--acme--chatty/refs")).doesNotExist();
    }

    @Test
    void aSmallFileIsVerifiedByGitsChecksum() {
        server.corrupt("config.json", 2);
        assertThat(failure()).contains("config.json", "damaged", server.etag("config.json"));
    }

    @Test
    void aLeftoverThatWasDamagedIsFetchedAgain() throws IOException {
        Files.createDirectories(incomplete().getParent());
        Files.write(incomplete(), new byte[SIZE]);
        assertThat(hub().resolve(NAME).resolve(WEIGHTS)).hasBinaryContent(server.content(WEIGHTS));
    }

    @Test
    void aFileThatIsLongerThanAnnouncedIsRefused() {
        server.claimSize(WEIGHTS, 1000);
        assertThat(failure()).contains(WEIGHTS, "longer than the 1000 bytes");
        assertThat(incomplete()).doesNotExist();
    }

    @Test
    void aFileThatStaysShorterThanAnnouncedIsGivenUp() {
        server.claimSize(WEIGHTS, SIZE + 10);
        assertThat(failure()).contains("ended the connection after " + SIZE, "5 attempts");
    }

    @Test
    void aFileThatDoesNotFitOnTheDiskIsNotBegun() {
        server.claimSize(WEIGHTS, 1L << 49);
        assertThat(failure()).contains("needs 536870913 MB more", "HF_HUB_CACHE");
        assertThat(server.requests("GET", WEIGHTS)).isEmpty();
    }

    @Test
    void aBusyHubIsAskedAgain() {
        server.beBusy(503, 2);
        assertThat(hub().resolve(NAME).resolve(WEIGHTS)).exists();
        server.beBusy(429, 1);
        assertThat(hub().resolve(NAME).resolve(WEIGHTS)).exists();
    }

    @Test
    void aHubThatStaysBusyIsGivenUp() {
        server.beBusy(503, 1000);
        assertThat(failure()).contains("503", "5 attempts", "--model FOLDER");
        assertThat(server.requests()).hasSize(5);
    }

    @Test
    void withoutNetworkTheErrorSaysHowToDoWithoutIt() {
        server.close();
        assertThat(failure()).startsWith("cannot reach " + server.address()).contains("--model FOLDER", "HF_ENDPOINT");
    }

    @Test
    void anUnknownHostIsNamed() {
        var options = server.options(cache).withEndpoint(URI.create("http://no-such-host.invalid"));
        assertThat(failure(Hub.of(options))).contains("http://no-such-host.invalid", "unknown host");
    }

    @Test
    void aHubThatNeverAnswersTimesOut() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var options = server.options(cache)
                    .withEndpoint(URI.create("http://127.0.0.1:" + silent.getLocalPort()))
                    .withTimeout(Duration.ofMillis(100));
            assertThat(failure(Hub.of(options))).contains("cannot reach", "timed out");
        }
    }

    @Test
    void aFileThatStopsComingTimesOutAndIsResumed() {
        server.stall(WEIGHTS);
        Path snapshot =
                Hub.of(server.options(cache).withTimeout(Duration.ofSeconds(1))).resolve(NAME);

        assertThat(snapshot.resolve(WEIGHTS)).hasBinaryContent(server.content(WEIGHTS));
        assertThat(server.requests("GET", WEIGHTS))
                .filteredOn(request -> request.server().equals("cdn"))
                .extracting(TestHub.Request::range)
                .containsExactly("null", "bytes=200000-");
    }

    @Test
    void aGatedModelSaysWhereToAsk() {
        server.refuse(403, "GatedRepo");
        assertThat(failure()).contains("gated", server.address() + "/" + NAME, "HF_TOKEN", "the hub's own words");
    }

    @Test
    void aPrivateOrMisspeltModelAsksForAToken() {
        server.refuse(401, "RepoNotFound");
        assertThat(failure()).contains("401", "private", "access token in use");
        assertThat(failure(Hub.of(server.options(cache).withToken(null)))).contains("set HF_TOKEN");
    }

    @Test
    void anUnknownModelIsNamed() {
        server.refuse(404, "RepoNotFound");
        assertThat(failure()).contains("has no model 'acme/chatty'");
    }

    @Test
    void anUnknownRevisionIsNamed() {
        server.refuse(404, "RevisionNotFound");
        assertThatThrownBy(() -> hub().resolve(NAME, "v9", Progress.NONE))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("has no revision 'v9'");
    }

    @Test
    void aFileThatTheListPromisedButIsNotThereIsNamed() {
        server.hide(WEIGHTS);
        assertThat(failure()).contains("the model 'acme/chatty' has no file 'model.safetensors'");
    }

    @Test
    void aNewCommitThatDoesNotArriveLeavesTheOldOneInUse() {
        Path first = hub().resolve(NAME);
        server.commit("f".repeat(40));
        server.large(WEIGHTS, HubTest.bytes(SIZE + 1));
        server.claimSize(WEIGHTS, SIZE + 10);

        assertThat(hub().resolve(NAME)).isEqualTo(first);
        assertThat(cache.resolve("models--acme--chatty/refs/main")).hasContent(TestHub.COMMIT);
    }

    @Test
    void redirectsInACircleEnd() {
        server.moveTo(NAME);
        assertThat(failure()).contains("redirects more than 8 times");
        assertThat(server.requests()).hasSize(9);
    }

    @Test
    void aRefusalIsNotCoveredUpByTheCache() {
        hub().resolve(NAME);
        server.refuse(401, "");
        assertThat(failure()).contains("refuses access");
    }

    @Test
    void offlineWithoutACacheSaysSo() {
        String message = failure(Hub.of(server.options(cache).withOffline(true)));
        assertThat(message).contains("is not in " + cache, "HF_HUB_OFFLINE", "--model FOLDER");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void anAddressThatIsNoHubIsNotMistakenForOne() {
        server.commit("../../../etc");
        assertThat(failure()).contains("did not answer as a hub does", "HF_ENDPOINT");
    }

    @Test
    void aModelWithoutWeightsListsWhatItHas() {
        try (var other = new TestHub().small("config.json", "{}").small("model.onnx", "")) {
            assertThat(failure(Hub.of(other.options(cache)))).contains("no weights", "model.onnx");
        }
    }

    @Test
    void anInterruptStopsTheDownloadAndKeepsWhatArrived() throws Exception {
        server.stall(WEIGHTS);
        var thrown = new AtomicReference<Throwable>();
        var flagged = new AtomicReference<Boolean>();
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                hub().resolve(NAME);
            } catch (HubException e) {
                thrown.set(e);
                flagged.set(Thread.currentThread().isInterrupted());
            }
        });
        await().until(() -> Files.exists(incomplete()) && Files.size(incomplete()) == SIZE / 2);
        thread.interrupt();
        thread.join();
        assertThat(thrown.get()).hasMessageContaining("interrupted");
        assertThat(flagged.get()).isTrue();
        assertThat(incomplete()).hasSize(SIZE / 2);

        server.forgetRequests();
        assertThat(hub().resolve(NAME).resolve(WEIGHTS)).hasBinaryContent(server.content(WEIGHTS));
        assertThat(server.requests("GET", WEIGHTS).getLast().range()).isEqualTo("bytes=200000-");
    }
}
