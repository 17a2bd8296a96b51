package dev.confab.engine.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Finds models: in a folder, in the cache, or on the Hugging Face hub.
 *
 * <pre>{@code
 * Path folder = Hub.fromEnvironment().resolve("microsoft/DialoGPT-medium");
 * }</pre>
 *
 * <p>Immutable, usable from any thread.
 */
public final class Hub {
    /** The revision where none is asked for. */
    public static final String DEFAULT_REVISION = "main";

    private static final System.Logger LOG = System.getLogger(Hub.class.getName());

    private final HubOptions options;
    private final ModelCache cache;

    private Hub(HubOptions options) {
        this.options = options;
        this.cache = new ModelCache(options.cacheFolder());
    }

    /**
     * The hub as the process's environment describes it; see {@link HubOptions#fromEnvironment()}.
     *
     * @throws HubException where a variable has an impossible value
     */
    public static Hub fromEnvironment() {
        return of(HubOptions.fromEnvironment());
    }

    /** A hub with options of one's own. */
    public static Hub of(HubOptions options) {
        return new Hub(options);
    }

    /** How this hub was set up. */
    public HubOptions options() {
        return options;
    }

    /**
     * The folder of a whole model in its default revision, without word of the progress; see
     * {@link #resolve(String, String, ModelFiles, Progress)}.
     *
     * @throws HubException where it cannot be had
     */
    public Path resolve(String nameOrFolder) {
        return resolve(nameOrFolder, DEFAULT_REVISION, ModelFiles.MODEL, Progress.NONE);
    }

    /**
     * The folder of a whole model; see {@link #resolve(String, String, ModelFiles, Progress)}.
     *
     * @throws HubException where it cannot be had
     */
    public Path resolve(String nameOrFolder, String revision, Progress progress) {
        return resolve(nameOrFolder, revision, ModelFiles.MODEL, progress);
    }

    /**
     * The folder where a model's files are, after fetching those that are missing.
     *
     * <p>What exists on this machine under the given path is returned as it is. A revision that is a commit's hash
     * needs no network once its files are here; any other revision costs one request to see whether it has moved, and
     * where the hub cannot be reached the files of the last time are used.
     *
     * <p>An interrupted thread stops the download at once; what has arrived is kept and the next call continues there.
     *
     * @param nameOrFolder a folder or file, or a name as {@code "microsoft/DialoGPT-medium"} or {@code "gpt2"}
     * @param revision a branch, a tag, or a commit's 40 hexadecimal digits; without meaning for a folder
     * @param files which of the files are needed
     * @param progress hears of the download
     * @throws HubException where there is no such folder, model or revision, no access, no network, or no space
     */
    public Path resolve(String nameOrFolder, String revision, ModelFiles files, Progress progress) {
        Optional<Path> local = local(nameOrFolder);
        if (local.isPresent()) {
            return local.get();
        }
        ModelName name = ModelName.parse(nameOrFolder);
        try {
            return resolve(name, new Revision(revision), files, progress);
        } catch (IOException e) {
            throw new HubException(
                    "cannot keep '%s' in %s: %s; is the folder writable? HF_HUB_CACHE names another one"
                            .formatted(name, cache.root(), e),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HubException(
                    "the download of '%s' was interrupted; what has arrived is kept, and the next start continues there"
                            .formatted(name),
                    e);
        }
    }

    /**
     * The models in the cache, by name, those that other programs fetched included.
     *
     * @throws HubException where the cache cannot be read
     */
    public List<CachedModel> cached() {
        try {
            return cache.models();
        } catch (IOException | UncheckedIOException e) {
            throw new HubException("cannot read the cache %s: %s".formatted(cache.root(), e), e);
        }
    }

    /**
     * Deletes a model from the cache, in all its revisions.
     *
     * @return whether it was there
     * @throws HubException where the name is none, or a file cannot be deleted
     */
    public boolean remove(String name) {
        ModelName model = ModelName.of(name);
        try {
            return cache.remove(model);
        } catch (IOException e) {
            throw new HubException("cannot delete '%s' from the cache %s: %s".formatted(name, cache.root(), e), e);
        }
    }

    private Path resolve(ModelName name, Revision revision, ModelFiles files, Progress progress)
            throws IOException, InterruptedException {
        Optional<Path> known = cache.find(name, revision);
        if (revision.isCommit() && known.filter(folder -> hasAll(files, folder)).isPresent()) {
            return known.get();
        }
        Optional<Path> usable = known.filter(files::areIn);
        if (options.offline()) {
            return usable.orElseThrow(() -> notCached(name, revision, known));
        }
        try (var client = new HubClient(options)) {
            return new ModelDownload(client, cache, name).run(revision, files, progress);
        } catch (UnreachableException e) {
            Path folder = usable.orElseThrow(() -> e);
            LOG.log(Level.WARNING, "{0}; going on with ''{1}'' as last fetched", e.getMessage(), name);
            return folder;
        }
    }

    /** Whether nothing is left that the hub could add: Python's client may have fetched weights without tokenizer. */
    private static boolean hasAll(ModelFiles files, Path folder) {
        return files.areIn(folder) && ModelFiles.TOKENIZER.areIn(folder);
    }

    private HubException notCached(ModelName name, Revision revision, Optional<Path> known) {
        return new HubException(
                "'%s' in revision %s is %s in %s, and HF_HUB_OFFLINE forbids to fetch it; unset that, or pass --model FOLDER"
                        .formatted(name, revision, known.isPresent() ? "incomplete" : "not", cache.root()));
    }

    private static Optional<Path> local(String nameOrFolder) {
        try {
            Path path = Path.of(nameOrFolder);
            return nameOrFolder.isBlank() || !Files.exists(path) ? Optional.empty() : Optional.of(path);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
