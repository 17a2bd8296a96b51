package dev.confab.server.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Makes files that only their owner may read, as they hold what people said and hashes of passwords. */
final class LocalFiles {
    private LocalFiles() {}

    /**
     * Sees to it that a database's file exists and may be written to. SQLite opens a file that it may only read as well, and
     * would fail at the first turn.
     *
     * @throws StoreException if it cannot be
     */
    static void prepare(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || Files.isDirectory(file)) {
            throw new StoreException(file + ": is a folder; give a file, or leave the name out for "
                    + DatabaseAddress.FILE_NAME + " in the data folder");
        }
        if (file.toString().contains("?")) {
            throw new StoreException(file + ": SQLite's driver takes what follows the ? for settings; choose a path"
                    + " without a question mark");
        }
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder, ownerOnly(folder, "rwx------"));
            }
            createPrivately(file);
        } catch (FileAlreadyExistsException e) {
            if (Files.exists(file) && Files.isWritable(file) && Files.isWritable(folder)) {
                return;
            }
            throw unwritable(file, e);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private static StoreException unwritable(Path file, IOException cause) {
        return new StoreException(
                file + ": cannot be made or written to (" + reason(cause)
                        + "); choose another folder with --data, or another database with --database",
                cause);
    }

    /**
     * Makes an empty file.
     *
     * @throws FileAlreadyExistsException if there is one
     */
    static void createPrivately(Path file) throws IOException {
        Files.createFile(file, ownerOnly(file.toAbsolutePath(), "rw-------"));
    }

    private static FileAttribute<?>[] ownerOnly(Path path, String permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** Why a file cannot be used, in a few words. */
    static String reason(IOException error) {
        return switch (error) {
            case AccessDeniedException denied -> "no permission for " + denied.getFile();
            case FileAlreadyExistsException exists -> "no permission to write, or " + exists.getFile() + " is a file";
            case NoSuchFileException missing -> "there is no " + missing.getFile() + ", and it cannot be made";
            case FileSystemException system when system.getReason() != null -> system.getReason();
            default -> String.valueOf(error.getMessage());
        };
    }
}
