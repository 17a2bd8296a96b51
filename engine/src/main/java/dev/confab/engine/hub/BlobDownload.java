package dev.confab.engine.hub;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.http.HttpResponse;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Brings one file into the cache, going on from wherever an earlier attempt left off. */
final class BlobDownload {
    private static final System.Logger LOG = System.getLogger(BlobDownload.class.getName());
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int ROUNDS = 2;

    private final HubClient client;
    private final ModelCache cache;
    private final RemoteFile file;
    private final Progress progress;
    private final Path incomplete;

    BlobDownload(HubClient client, ModelCache cache, RemoteFile file, Progress progress) {
        this.client = client;
        this.cache = cache;
        this.file = file;
        this.progress = progress;
        this.incomplete = cache.incomplete(file);
    }

    /**
     * Returns when the blob is complete and its checksum is right. Where another thread or process is at it already,
     * waits for that one and takes what it made.
     *
     * @throws HubException where the checksum is wrong twice, or the endpoint cannot be reached any more
     * @throws IOException where the cache cannot be written
     */
    void run() throws IOException, InterruptedException {
        Path blob = cache.blob(file);
        Files.createDirectories(blob.getParent());
        try (var _ = BlobLock.acquire(cache.lock(file))) {
            if (Files.exists(blob)) {
                progress.advanced(file.sizeBytes());
            } else {
                fetchVerified();
                Files.move(incomplete, blob, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    private void fetchVerified() throws IOException, InterruptedException {
        String found = "";
        for (int round = 0; round < ROUNDS; round++) {
            fetch();
            found = Checksum.of(incomplete, file.etag());
            if (found.equals(file.etag())) {
                return;
            }
            LOG.log(Level.WARNING, "{0} arrived with checksum {1}, expected {2}", file.file(), found, file.etag());
            startOver(file.sizeBytes());
        }
        throw new HubException(
                "%s of '%s' arrived damaged %d times: checksum %s, expected %s; try again later, or set HF_ENDPOINT to another mirror"
                        .formatted(file.file(), file.name(), ROUNDS, found, file.etag()));
    }

    private void fetch() throws IOException, InterruptedException {
        if (arrived() > file.sizeBytes()) {
            Files.delete(incomplete);
        }
        progress.advanced(arrived());
        client.retry().call(this::fetchRest, this::arrived);
    }

    /** One request for everything that is still missing; fails where the connection ends early. */
    private Path fetchRest() throws IOException, InterruptedException {
        long offset = arrived();
        if (offset == file.sizeBytes() && Files.exists(incomplete)) {
            return incomplete;
        }
        HttpResponse<InputStream> response = client.open(file, offset);
        String host = response.uri().getHost();
        try (InputStream body = response.body()) {
            boolean resumed = resumes(response, offset);
            if (!resumed && offset > 0) {
                startOver(offset);
            }
            if (!resumed && response.statusCode() != 200) {
                throw new IOException("%s cannot go on with %s at byte %d".formatted(host, file.file(), offset));
            }
            append(body, file.sizeBytes() - (resumed ? offset : 0));
        }
        if (arrived() < file.sizeBytes()) {
            throw new IOException("%s ended the connection after %d of the %d bytes of %s"
                    .formatted(host, arrived(), file.sizeBytes(), file.file()));
        }
        return incomplete;
    }

    /** A server may ignore the wish for a range, or grant another one than asked for. */
    private static boolean resumes(HttpResponse<?> response, long offset) {
        return response.statusCode() == 206
                && response.headers().firstValue("Content-Range").orElse("").startsWith("bytes " + offset + "-");
    }

    private void append(InputStream body, long missing) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (OutputStream out = openIncomplete()) {
            for (long left = missing; left > 0; ) {
                int count = body.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (count < 0) {
                    return;
                }
                write(out, buffer, count);
                progress.advanced(count);
                left -= count;
            }
        }
        if (body.read() >= 0) {
            startOver(file.sizeBytes());
            throw new HubException("%s of '%s' is longer than the %d bytes that the hub announced; try again later"
                    .formatted(file.file(), file.name(), file.sizeBytes()));
        }
    }

    private OutputStream openIncomplete() {
        try {
            return Files.newOutputStream(incomplete, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private void write(OutputStream out, byte[] buffer, int count) throws IOException {
        try {
            out.write(buffer, 0, count);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    /** A full disk is no reason to ask the hub again, unlike a failure to read. */
    private HubException cannotWrite(IOException cause) {
        return new HubException(
                "cannot write %s: %s; what has arrived is kept; make room, or set HF_HUB_CACHE to a folder elsewhere"
                        .formatted(incomplete, cause.getMessage()),
                cause);
    }

    private void startOver(long lostBytes) throws IOException {
        Files.deleteIfExists(incomplete);
        progress.advanced(-lostBytes);
    }

    private long arrived() throws IOException {
        return cache.arrived(file);
    }
}
