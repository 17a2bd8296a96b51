package dev.confab.engine.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Brings the files of one model into the cache: lists them, chooses, fetches what is missing, and links it all. */
final class ModelDownload {
    private static final int PARALLEL_FILES = 4;
    private static final long SPARE_BYTES = 1 << 20;

    private final HubClient client;
    private final ModelCache cache;
    private final ModelName name;

    ModelDownload(HubClient client, ModelCache cache, ModelName name) {
        this.client = client;
        this.cache = cache;
        this.name = name;
    }

    /** Returns the snapshot's folder when everything chosen is in it. */
    Path run(Revision revision, ModelFiles files, Progress progress) throws IOException, InterruptedException {
        HubClient.Listing listing = client.list(name, revision);
        Path snapshot = cache.snapshot(name, listing.commit());
        Optional<String> index = files.index(listing.files());
        Set<String> shards = Set.of();
        if (index.isPresent()) {
            fetch(listing.commit(), List.of(index.get()), Progress.NONE);
            shards = ModelFiles.shards(snapshot.resolve(index.get()));
        }
        fetch(listing.commit(), files.choose(listing.files(), shards), progress);
        cache.point(name, revision, listing.commit());
        return snapshot;
    }

    /** Links the files only when all have arrived, so that a snapshot has either all of them or none. */
    private void fetch(String commit, List<String> files, Progress progress) throws IOException, InterruptedException {
        Path snapshot = cache.snapshot(name, commit);
        List<RemoteFile> missing = inParallel(files.stream()
                .filter(file -> !Files.exists(snapshot.resolve(file)))
                .map(file -> (Callable<RemoteFile>) () -> client.describe(name, commit, file))
                .toList());
        List<RemoteFile> absent =
                missing.stream().filter(file -> !Files.exists(cache.blob(file))).toList();
        if (!absent.isEmpty()) {
            requireSpace(absent);
            download(absent, new OneAtATime(progress));
        }
        for (RemoteFile file : missing) {
            ModelCache.link(cache.blob(file), snapshot, file.file());
        }
    }

    private void download(List<RemoteFile> files, Progress progress) throws IOException, InterruptedException {
        progress.started(
                name.value(), files.stream().mapToLong(RemoteFile::sizeBytes).sum());
        try {
            inParallel(files.stream()
                    .map(file -> (Callable<RemoteFile>) () -> {
                        new BlobDownload(client, cache, file, progress).run();
                        return file;
                    })
                    .toList());
        } finally {
            progress.finished();
        }
    }

    private void requireSpace(List<RemoteFile> files) throws IOException {
        Files.createDirectories(cache.root());
        long needed = SPARE_BYTES;
        for (RemoteFile file : files) {
            needed += file.sizeBytes() - cache.arrived(file);
        }
        long free = Files.getFileStore(cache.root()).getUsableSpace();
        boolean known = free > 0;
        if (known && needed > free) {
            throw new HubException(
                    "'%s' needs %d MB more in %s, where %d MB are free; make room, or set HF_HUB_CACHE to a folder elsewhere"
                            .formatted(name, needed >> 20, cache.root(), free >> 20));
        }
    }

    /** Runs the tasks on virtual threads, a few at a time; the first failure ends them all. */
    private static <T> List<T> inParallel(List<Callable<T>> tasks) throws IOException, InterruptedException {
        try (var executor = Executors.newFixedThreadPool(
                PARALLEL_FILES, Thread.ofVirtual().name("hub-", 0).factory())) {
            try {
                var completion = new ExecutorCompletionService<T>(executor);
                List<Future<T>> futures = tasks.stream().map(completion::submit).toList();
                for (int done = 0; done < futures.size(); done++) {
                    completion.take().get();
                }
                var results = new ArrayList<T>();
                for (Future<T> future : futures) {
                    results.add(future.resultNow());
                }
                return results;
            } catch (ExecutionException e) {
                throw rethrown(e.getCause());
            } finally {
                executor.shutdownNow();
            }
        }
    }

    private static HubException rethrown(@Nullable Throwable cause) throws IOException, InterruptedException {
        return switch (cause) {
            case IOException failure -> throw failure;
            case InterruptedException failure -> throw failure;
            case RuntimeException failure -> throw failure;
            case Error failure -> throw failure;
            case null, default -> new HubException("the download failed: " + cause, cause);
        };
    }

    /** Lets the files' threads report by turns, as {@link Progress} promises. */
    private record OneAtATime(Progress progress) implements Progress {
        @Override
        public void started(String what, long totalBytes) {
            progress.started(what, totalBytes);
        }

        @Override
        public synchronized void advanced(long bytes) {
            progress.advanced(bytes);
        }

        @Override
        public void finished() {
            progress.finished();
        }
    }
}
