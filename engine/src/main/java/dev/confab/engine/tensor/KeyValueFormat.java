package dev.confab.engine.tensor;

/** The number format that keys and values of earlier positions are kept in. */
public enum KeyValueFormat {
    /** 32-bit floats: exact. */
    F32(4),
    /** The upper half of a 32-bit float: half the memory traffic of long conversations. */
    BF16(2);

    private final int bytes;

    KeyValueFormat(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes that one number takes. */
    public int bytes() {
        return bytes;
    }
}
