package dev.confab.server.store;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/** Says in words of the program's users what a database complains of. */
final class DatabaseFaults {
    private final DatabaseAddress address;

    DatabaseFaults(DatabaseAddress address) {
        this.address = address;
    }

    /** The error to throw for one that came out of work with the database: it itself if the database is not the cause. */
    RuntimeException describe(RuntimeException error) {
        SQLException fault = deepest(error);
        return fault == null || error instanceof StoreException
                ? error
                : new StoreException(address + ": " + words(fault), error);
    }

    /** The error to throw for one that a driver threw. */
    StoreException describe(SQLException error) {
        SQLException fault = deepest(error);
        return new StoreException(address + ": " + words(fault == null ? error : fault), error);
    }

    /** The first cause of all, as pools and libraries wrap it. */
    private static @Nullable SQLException deepest(Throwable error) {
        SQLException found = null;
        int depth = 0;
        for (Throwable cause = error; cause != null && depth < 20; cause = cause.getCause(), depth++) {
            if (cause instanceof SQLException sql) {
                found = sql;
            }
        }
        return found;
    }

    private String words(SQLException fault) {
        if (fault instanceof SQLTransientConnectionException) {
            return "all connections were in use for too long; the database is too slow for its load";
        }
        return switch (address) {
            case DatabaseAddress.LocalFile _ -> ofFile(fault);
            case DatabaseAddress.Server server -> ofServer(fault, server);
        };
    }

    private static String ofFile(SQLException fault) {
        return switch (fault.getErrorCode()) { // https://www.sqlite.org/rescode.html
            case 3, 8 ->
                "may not be written to; check the permissions of the file and its folder, or choose another folder";
            case 5, 6 ->
                "another program has kept it locked for " + Database.PATIENCE.toSeconds()
                        + " seconds; end that program, or wait until it is done";
            case 10 -> "the disk reports an error (" + text(fault) + "); check the disk, and make a backup";
            case 11 -> "the database is damaged (" + text(fault) + "); restore the last backup";
            case 13 -> "the disk is full; make room on it";
            case 14 -> "cannot be opened; does its folder exist, and may you write to it?";
            case 15 -> "cannot be locked; put it on a local disk, as network drives do not suit SQLite";
            case 26 -> "is not an SQLite database; move it away, or choose another file";
            default -> "SQLite refuses: " + text(fault);
        };
    }

    private static String ofServer(SQLException fault, DatabaseAddress.Server server) {
        String state = fault.getSQLState() == null ? "" : fault.getSQLState();
        String database = server.location().substring(server.location().indexOf('/') + 1);
        return switch (state) { // https://www.postgresql.org/docs/current/errcodes-appendix.html
            case "28P01", "28000" ->
                "the server refuses the login (" + text(fault)
                        + "); check user and password, and what pg_hba.conf allows";
            case "3D000" -> "the server has no such database; make it with: createdb " + database;
            case "42501" ->
                "the user may not do this (" + text(fault)
                        + "); let it own the database, or grant it usage and create on the schema public";
            case "53100" -> "the server's disk is full; make room on it";
            case "53300" -> "the server has no connection left; raise its max_connections, or run fewer replicas";
            case "25006" -> "the server only reads, as standbys do; give the address of the primary server";
            default ->
                state.startsWith("08") || state.startsWith("57P")
                        ? "the server cannot be reached (" + text(fault)
                                + "); does it run there, and may this machine connect?"
                        : "PostgreSQL refuses: " + text(fault);
        };
    }

    /** The driver's own words, in one line. */
    private static String text(SQLException fault) {
        String message = String.valueOf(fault.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }
}
