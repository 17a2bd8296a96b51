package dev.confab.kernels.onednn;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A file of what was measured on this machine, so that it is measured once. Without it, or with one that cannot be read,
 * everything is measured again. Usable from any thread and process: the file appears whole or not at all.
 *
 * @param file where it is; made when needed
 */
record SpeedRecord(Path file) {
    private static final long MOST_BYTES = 1 << 16;

    /** What was measured under this key. */
    Optional<Speeds> find(String key) {
        return Optional.ofNullable(read().getProperty(key)).flatMap(Speeds::parse);
    }

    /** Everything that was measured, by key. */
    SortedMap<String, String> all() {
        SortedMap<String, String> all = new TreeMap<>();
        Properties properties = read();
        properties.stringPropertyNames().forEach(key -> all.put(key, properties.getProperty(key)));
        return all;
    }

    /** Remembers what was measured; if that is not possible, the log says why. */
    void put(String key, Speeds speeds) {
        Properties properties = read();
        properties.setProperty(key, speeds.toString());
        try {
            Path folder = file.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            Path partial = Files.createTempFile(folder, "speeds", ".partial");
            try {
                var text = new StringWriter();
                properties.store(text, "GFLOP/s of matrix products; delete this file to have them measured again");
                Files.writeString(partial, text.toString());
                Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(partial);
            }
        } catch (IOException e) {
            log("cannot keep measured speeds in " + file, e);
        }
    }

    private Properties read() {
        var properties = new Properties();
        try {
            if (Files.size(file) <= MOST_BYTES) {
                properties.load(new StringReader(Files.readString(file)));
            }
        } catch (NoSuchFileException e) {
            return new Properties();
        } catch (IOException | IllegalArgumentException e) {
            log("cannot read measured speeds in " + file, e);
            return new Properties();
        }
        return properties;
    }

    private static void log(String message, Exception cause) {
        System.getLogger(SpeedRecord.class.getName()).log(System.Logger.Level.DEBUG, message, cause);
    }
}
