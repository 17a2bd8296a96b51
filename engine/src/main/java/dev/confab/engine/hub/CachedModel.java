package dev.confab.engine.hub;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * A model in the cache.
 *
 * @param name as {@link Hub#resolve} takes it
 * @param folder holds its files, all snapshots together
 * @param sizeBytes what it takes on the disk, what is half downloaded included
 * @param lastUsed when one of its files was last read, as far as the file system notes that
 * @param snapshots the commits that there are files of, by hash
 */
public record CachedModel(String name, Path folder, long sizeBytes, Instant lastUsed, List<Snapshot> snapshots) {

    /** Keeps a copy of the list. */
    public CachedModel {
        snapshots = List.copyOf(snapshots);
    }

    /**
     * A model's files as of one commit.
     *
     * @param commit its hash, 40 hexadecimal digits
     * @param folder where the files are
     * @param revisions the branches and tags that pointed at the commit when it was last looked up
     */
    public record Snapshot(String commit, Path folder, List<String> revisions) {
        /** Keeps a copy of the list. */
        public Snapshot {
            revisions = List.copyOf(revisions);
        }
    }
}
