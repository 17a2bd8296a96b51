package dev.confab.kernels.onednn;

import dev.confab.engine.error.ConfabException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.JarEntry;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The files of oneDNN, which come in a jar and have to lie in a folder to be loaded. They are unpacked once; a file that
 * is not what the jar holds, by size and checksum, is replaced.
 */
final class NativeLibrary {
    private static final String RESOURCES = "org/bytedeco/dnnl/linux-x86_64/";
    private static final String LIBRARY = "libdnnl.so.3";
    /** OpenMP, which oneDNN finds beside itself. */
    private static final String OPEN_MP = "libgomp.so.1";

    private static final int BUFFER = 1 << 20;

    private NativeLibrary() {}

    /**
     * The library, ready to be loaded.
     *
     * @param folder where it is kept; made when needed
     * @throws ConfabException if the jar is not there, or the folder cannot be written
     */
    static Path in(Path folder) {
        place(OPEN_MP, folder);
        return place(LIBRARY, folder);
    }

    private static Path place(String name, Path folder) {
        URL resource = NativeLibrary.class.getClassLoader().getResource(RESOURCES + name);
        if (resource == null) {
            throw new ConfabException("oneDNN: " + RESOURCES + name
                    + " is not on the class path; add org.bytedeco:dnnl with the classifier linux-x86_64");
        }
        Path file = folder.resolve(name);
        try {
            if (!(resource.openConnection() instanceof JarURLConnection connection)) {
                throw new ConfabException("oneDNN: " + resource + " is not in a jar; leave the libraries packed");
            }
            connection.setUseCaches(false);
            try (InputStream content = connection.getInputStream()) {
                JarEntry entry = connection.getJarEntry();
                if (!holds(file, entry.getSize(), entry.getCrc())) {
                    write(content, file);
                    if (!holds(file, entry.getSize(), entry.getCrc())) {
                        throw new ConfabException("oneDNN: " + file + " cannot be unpacked whole; is the disk full?");
                    }
                }
            }
            return file;
        } catch (IOException e) {
            throw new ConfabException(
                    "oneDNN: cannot unpack its library to " + folder + " (" + e + "); make the folder writable, or set"
                            + " XDG_CACHE_HOME to one that is",
                    e);
        }
    }

    private static boolean holds(Path file, long size, long checksum) throws IOException {
        try {
            return Files.isRegularFile(file) && Files.size(file) == size && checksum(file) == checksum;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static long checksum(Path file) throws IOException {
        try (var content = new CheckedInputStream(Files.newInputStream(file), new CRC32())) {
            byte[] buffer = new byte[BUFFER];
            while (content.read(buffer) >= 0) {
                // The stream sums up what is read.
            }
            return content.getChecksum().getValue();
        }
    }

    /** Whole or not at all; a process that has the old file loaded keeps it. */
    private static void write(InputStream content, Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path partial = Files.createTempFile(folder, "native", ".partial");
        try {
            Files.copy(new BufferedInputStream(content, BUFFER), partial, StandardCopyOption.REPLACE_EXISTING);
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    /** The folder for files that can be made again: {@code XDG_CACHE_HOME/confab/onednn}. */
    static Path cacheFolder() {
        return cacheFolder(System.getenv("XDG_CACHE_HOME"), System.getProperty("user.home", "."));
    }

    static Path cacheFolder(@Nullable String xdgCacheHome, String home) {
        Path caches = xdgCacheHome == null || xdgCacheHome.isBlank() ? Path.of(home, ".cache") : Path.of(xdgCacheHome);
        return caches.resolve("confab").resolve("onednn");
    }
}
