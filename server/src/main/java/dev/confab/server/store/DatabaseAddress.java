package dev.confab.server.store;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Where a database is. The text of an address never shows its password. Immutable. */
public sealed interface DatabaseAddress {
    /** What the database's file is called in a data folder. */
    String FILE_NAME = "confab.db";

    /**
     * An SQLite database, which is made if it does not exist.
     *
     * @param path the file, on a local disk
     */
    record LocalFile(Path path) implements DatabaseAddress {
        @Override
        public String toString() {
            return path.toString();
        }
    }

    /**
     * A PostgreSQL database.
     *
     * @param location host, port and name, as in {@code host:5432/confab}
     * @param settings the driver's settings as in a URL, such as {@code sslmode=require}; may be empty
     * @param user who logs in; null for the driver's choice, the name of the system's user
     * @param password of the user; null for none, or that in the file {@code ~/.pgpass}
     */
    record Server(
            String location,
            String settings,
            @Nullable String user,
            @Nullable String password) implements DatabaseAddress {
        /** For the driver, without the password. */
        String jdbcUrl() {
            return "jdbc:postgresql://" + location + (settings.isEmpty() ? "" : "?" + settings);
        }

        @Override
        public String toString() {
            return "postgresql://" + (user == null ? "" : user + "@") + location;
        }
    }

    /** The SQLite database of a data folder. */
    static DatabaseAddress inFolder(Path folder) {
        return new LocalFile(folder.resolve(FILE_NAME).toAbsolutePath());
    }

    /**
     * Reads an address.
     *
     * @param url {@code postgresql://user:password@host:port/name}, the same after {@code jdbc:}, or {@code sqlite:FILE};
     *     in user and password, special characters are written as in URLs: {@code %40} for {@code @}
     * @throws StoreException if it is none of these
     */
    static DatabaseAddress parse(String url) {
        String plain = url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url;
        if (plain.startsWith("postgresql://") || plain.startsWith("postgres://")) {
            return server(plain.substring(plain.indexOf("://") + 3));
        }
        if (plain.startsWith("sqlite:") && plain.length() > "sqlite:".length()) {
            try {
                return new LocalFile(
                        Path.of(plain.substring("sqlite:".length())).toAbsolutePath());
            } catch (InvalidPathException e) {
                throw new StoreException(
                        "the database's file has a name that this system does not take: " + e.getReason());
            }
        }
        throw new StoreException("the database's address begins with '" + scheme(url)
                + "', expected postgresql://user:password@host/name or sqlite:FILE");
    }

    /** The same with another password, such as one from a file; for a local file, the same. */
    default DatabaseAddress withPassword(String password) {
        return switch (this) {
            case LocalFile file -> file;
            case Server server -> new Server(server.location, server.settings, server.user, password);
        };
    }

    private static Server server(String address) {
        int question = address.indexOf('?');
        String place = question < 0 ? address : address.substring(0, question);
        int at = place.lastIndexOf('@');
        String user = null;
        String password = null;
        if (at >= 0) {
            String[] login = place.substring(0, at).split(":", 2);
            user = decode(login[0]);
            password = login.length < 2 ? null : decode(login[1]);
        }
        var settings = new StringJoiner("&");
        for (String setting :
                question < 0 ? new String[0] : address.substring(question + 1).split("&")) {
            if (setting.startsWith("user=")) {
                user = decode(setting.substring("user=".length()));
            } else if (setting.startsWith("password=")) {
                password = decode(setting.substring("password=".length()));
            } else {
                settings.add(setting);
            }
        }
        String location = place.substring(at + 1);
        int slash = location.indexOf('/');
        if (slash < 1 || slash == location.length() - 1) {
            throw new StoreException("the database's address has '" + location
                    + "' after the user, expected a host and a name, as in postgresql://user:password@host/name");
        }
        return new Server(location, settings.toString(), user, password);
    }

    private static String decode(String part) {
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // Without the cause, whose message may have the password in it.
            throw new StoreException("user or password in the database's address has a % that begins no"
                    + " hexadecimal number; write %25 for the character itself");
        }
    }

    /** The begin, up to where a password could be. */
    private static String scheme(String url) {
        int colon = url.indexOf(':', url.startsWith("jdbc:") ? "jdbc:".length() : 0);
        return colon < 0 ? url.substring(0, Math.min(url.length(), 20)) : url.substring(0, colon + 1);
    }
}
