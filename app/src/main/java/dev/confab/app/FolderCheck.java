package dev.confab.app;

import dev.confab.engine.hub.HubOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Looks at the folders that Confab writes to: the models' cache and its own data. */
final class FolderCheck {
    private static final long ROOM_FOR_MEDIUM = 2L << 30;

    private final Surroundings surroundings;

    FolderCheck(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    List<Finding> findings() {
        Path cache = HubOptions.fromEnvironment(surroundings.environment()).cacheFolder();
        return List.of(
                check("model cache", cache, ROOM_FOR_MEDIUM, "set HF_HOME to a folder with more room"),
                check("data folder", surroundings.dataFolder(), 1 << 20, "set XDG_DATA_HOME to a folder of yours"));
    }

    private static Finding check(String subject, Path folder, long needed, String remedy) {
        Path existing = folder.toAbsolutePath();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
            return Finding.broken(subject, folder + " cannot be written", remedy);
        }
        try {
            long free = Files.getFileStore(existing).getUsableSpace();
            String found = "%s, %.1f GiB free".formatted(folder, free / (double) (1L << 30));
            return free >= needed ? Finding.good(subject, found) : Finding.warning(subject, found, remedy);
        } catch (IOException e) {
            return Finding.warning(subject, folder + ", free space unknown: " + e.getMessage(), "");
        }
    }
}
