package dev.confab.server.store;

/** What the databases say in different words. */
enum Dialect {
    /** In a file, within this process. */
    SQLITE("sqlite", ""),
    /** On a server, for several processes. */
    POSTGRESQL("postgresql", " for update");

    private final String folder;
    private final String locking;

    Dialect(String folder, String locking) {
        this.folder = folder;
        this.locking = locking;
    }

    /** Where a schema's scripts for this database lie. */
    String folder() {
        return folder;
    }

    /** Ends a query whose rows are changed next; SQLite has one writer at a time anyway. */
    String locking() {
        return locking;
    }

    /** A condition: the column's text has that of the parameter {@code :wanted} in it. */
    String contains(String column) {
        return switch (this) {
            case SQLITE -> "instr(" + column + ", :wanted) > 0";
            case POSTGRESQL -> "strpos(" + column + ", :wanted) > 0";
        };
    }
}
