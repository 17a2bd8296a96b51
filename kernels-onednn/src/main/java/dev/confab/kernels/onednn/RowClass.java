package dev.confab.kernels.onednn;

/** How many rows are multiplied together: what decides which path is best. */
enum RowClass {
    /** A few conversations. */
    FEW(2, 4, "2 to 4"),
    /** Several conversations. */
    SEVERAL(5, 12, "5 to 16"),
    /** Many conversations, or a message. */
    MANY(17, 48, "17 to 64"),
    /** A long prompt. */
    PROMPT(65, 128, "65 or more");

    private final int least;
    private final int typical;
    private final String range;

    RowClass(int least, int typical, String range) {
        this.least = least;
        this.typical = typical;
        this.range = range;
    }

    /** Rows that stand for the class in measurements. */
    int typical() {
        return typical;
    }

    /** The class of two rows or more. */
    static RowClass of(int rows) {
        RowClass found = FEW;
        for (RowClass candidate : VALUES) {
            if (rows >= candidate.least) {
                found = candidate;
            }
        }
        return found;
    }

    /** From how many rows to how many. */
    String range() {
        return range;
    }

    private static final RowClass[] VALUES = values();
}
