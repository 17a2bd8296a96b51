package dev.confab.engine.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The cache folder in the layout of Python's {@code huggingface_hub}.
 *
 * <pre>
 * models--owner--name/
 *   blobs/ETAG                   the content, once however many snapshots have it
 *   refs/main                    the commit that the revision pointed at when last looked up
 *   snapshots/COMMIT/config.json a link to ../../blobs/ETAG
 * .locks/models--owner--name/    a lock for each blob
 * </pre>
 */
final class ModelCache {
    private static final String BLOBS = "blobs";
    private static final String REFS = "refs";
    private static final String SNAPSHOTS = "snapshots";
    private static final String LOCKS = ".locks";
    private static final int MAX_REFERENCE_BYTES = 256;

    private final Path root;

    ModelCache(Path root) {
        this.root = root;
    }

    Path root() {
        return root;
    }

    Path folder(ModelName name) {
        return root.resolve(name.folder());
    }

    Path blob(RemoteFile file) {
        return folder(file.name()).resolve(BLOBS).resolve(file.etag());
    }

    /** Where a blob grows. Python's client has temporary files of its own, so that neither writes into the other's. */
    Path incomplete(RemoteFile file) {
        return folder(file.name()).resolve(BLOBS).resolve(file.etag() + ".confab.incomplete");
    }

    Path lock(RemoteFile file) {
        return root.resolve(LOCKS).resolve(file.name().folder()).resolve(file.etag() + ".confab.lock");
    }

    Path snapshot(ModelName name, String commit) {
        return folder(name).resolve(SNAPSHOTS).resolve(commit);
    }

    /** The folder of the commit that the revision is or last pointed at, where there is one. */
    Optional<Path> find(ModelName name, Revision revision) throws IOException {
        Path reference = folder(name).resolve(REFS).resolve(revision.value());
        Optional<String> commit = Files.isRegularFile(reference)
                ? commitIn(reference)
                : Optional.of(revision.value()).filter(Revision::isCommit);
        return commit.map(hash -> snapshot(name, hash)).filter(Files::isDirectory);
    }

    /** Notes which commit the revision points at. */
    void point(ModelName name, Revision revision, String commit) throws IOException {
        Path reference = folder(name).resolve(REFS).resolve(revision.value());
        if (revision.isCommit()
                || (Files.isRegularFile(reference) && commitIn(reference).equals(Optional.of(commit)))) {
            return;
        }
        Files.createDirectories(reference.getParent());
        Path next = reference.resolveSibling("." + ProcessHandle.current().pid() + "-"
                + Thread.currentThread().threadId());
        Files.writeString(next, commit);
        Files.move(next, reference, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** How much of a file has arrived, 0 to its size. */
    long arrived(RemoteFile file) throws IOException {
        Path incomplete = incomplete(file);
        return Files.exists(incomplete) ? Files.size(incomplete) : 0;
    }

    /** Makes the blob appear in a folder: as a relative link, else a hard link, else a copy. */
    static void link(Path blob, Path folder, String name) throws IOException {
        Path file = folder.resolve(name);
        if (Files.exists(file)) {
            return;
        }
        Files.createDirectories(folder);
        Files.deleteIfExists(file);
        try {
            Files.createSymbolicLink(file, folder.relativize(blob));
        } catch (FileAlreadyExistsException e) {
            return;
        } catch (UnsupportedOperationException | FileSystemException e) {
            linkHard(blob, file);
        }
    }

    /** All models there are files of, by name. */
    List<CachedModel> models() throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        var models = new ArrayList<CachedModel>();
        try (Stream<Path> folders = Files.list(root)) {
            for (Path folder : (Iterable<Path>) folders.filter(Files::isDirectory)::iterator) {
                Optional<ModelName> name =
                        ModelName.ofFolder(folder.getFileName().toString());
                if (name.isPresent()) {
                    models.add(model(name.get(), folder));
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        models.sort(Comparator.comparing(CachedModel::name));
        return models;
    }

    /** Deletes everything of a model; false where there was nothing. */
    boolean remove(ModelName name) throws IOException {
        delete(root.resolve(LOCKS).resolve(name.folder()));
        return delete(folder(name));
    }

    private static void linkHard(Path blob, Path file) throws IOException {
        try {
            Files.createLink(file, blob);
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.copy(blob, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static Optional<String> commitIn(Path reference) throws IOException {
        try (var in = Files.newInputStream(reference)) {
            String text = new String(in.readNBytes(MAX_REFERENCE_BYTES), StandardCharsets.US_ASCII).strip();
            return Optional.of(text).filter(Revision::isCommit);
        }
    }

    private static CachedModel model(ModelName name, Path folder) throws IOException {
        Map<String, List<String>> revisions = revisionsByCommit(folder.resolve(REFS));
        var snapshots = new ArrayList<CachedModel.Snapshot>();
        Path snapshotsFolder = folder.resolve(SNAPSHOTS);
        if (Files.isDirectory(snapshotsFolder)) {
            try (Stream<Path> commits = Files.list(snapshotsFolder)) {
                commits.filter(Files::isDirectory).sorted().forEach(commit -> {
                    String hash = commit.getFileName().toString();
                    snapshots.add(new CachedModel.Snapshot(hash, commit, revisions.getOrDefault(hash, List.of())));
                });
            }
        }
        var usage = new Usage();
        Files.walkFileTree(folder, usage);
        return new CachedModel(name.value(), folder, usage.bytes, usage.lastRead, snapshots);
    }

    private static Map<String, List<String>> revisionsByCommit(Path refs) throws IOException {
        var revisions = new HashMap<String, List<String>>();
        if (Files.isDirectory(refs)) {
            try (Stream<Path> references = Files.walk(refs)) {
                for (Path reference :
                        (Iterable<Path>) references.filter(Files::isRegularFile).sorted()::iterator) {
                    String revision = refs.relativize(reference).toString().replace('\\', '/');
                    commitIn(reference)
                            .ifPresent(commit -> revisions
                                    .computeIfAbsent(commit, _ -> new ArrayList<>())
                                    .add(revision));
                }
            }
        }
        return revisions;
    }

    private static boolean delete(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
        return true;
    }

    /** Adds up a folder, each file once however many hard links it has, and no link's target. */
    private static final class Usage extends SimpleFileVisitor<Path> {
        private final Set<Object> seen = new HashSet<>();
        private long bytes;
        private Instant lastRead = Instant.EPOCH;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            Object key = attributes.fileKey();
            if (attributes.isRegularFile() && (key == null || seen.add(key))) {
                bytes += attributes.size();
                FileTime read = attributes.lastAccessTime();
                lastRead = read.toInstant().isAfter(lastRead) ? read.toInstant() : lastRead;
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
