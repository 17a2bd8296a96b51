package dev.confab.kernels.onednn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The products that were compiled, each when it was needed first. Rows are rounded up to multiples of four or sixteen, so
 * that there are at most {@value #SIZES} for each arithmetic and number of inputs, of which a model has two or three. For
 * one thread at a time.
 */
final class MatmulCache {
    private static final int FINE = 4;
    private static final int FINE_LIMIT = 64;
    private static final int COARSE = 16;
    private static final int COARSE_LIMIT = 128;
    private static final int SIZES = FINE_LIMIT / FINE + (COARSE_LIMIT - FINE_LIMIT) / COARSE;

    private final Dnnl dnnl;
    private final NativeObjects objects;
    private final int width;
    private final int workers;
    private final List<Family> families = new ArrayList<>();

    MatmulCache(Dnnl dnnl, NativeObjects objects, int width, int workers) {
        this.dnnl = dnnl;
        this.objects = objects;
        this.width = width;
        this.workers = workers;
    }

    /** Products of all sizes with the same panels. */
    private static final class Family {
        private final Arithmetic arithmetic;
        private final int inputs;
        private final int stride;
        private final @Nullable Matmul[] sizes = new Matmul[SIZES];

        Family(Arithmetic arithmetic, int inputs, int stride) {
            this.arithmetic = arithmetic;
            this.inputs = inputs;
            this.stride = stride;
        }
    }

    /**
     * The product for so many rows, or a few more.
     *
     * @param rows at most the arithmetic's {@link Arithmetic#mostRows}
     * @param inputs inputs that are multiplied at a time
     * @param stride from one row to the next
     * @return empty if oneDNN has no good code for it on this processor
     */
    Optional<Matmul> find(Arithmetic arithmetic, int rows, int inputs, int stride) {
        Family family = family(arithmetic, inputs, stride);
        int size = size(rows);
        Matmul known = family.sizes[size];
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Matmul> made = Matmul.create(dnnl, objects, arithmetic, rows(size), inputs, stride, width, workers);
        family.sizes[size] = made.orElse(null);
        return made;
    }

    private Family family(Arithmetic arithmetic, int inputs, int stride) {
        for (int i = 0; i < families.size(); i++) {
            Family family = families.get(i);
            if (family.arithmetic == arithmetic && family.inputs == inputs && family.stride == stride) {
                return family;
            }
        }
        var family = new Family(arithmetic, inputs, stride);
        families.add(family);
        return family;
    }

    /** The index of the size that so many rows are rounded up to. */
    static int size(int rows) {
        return rows <= FINE_LIMIT
                ? Math.ceilDiv(rows, FINE) - 1
                : FINE_LIMIT / FINE + Math.ceilDiv(rows - FINE_LIMIT, COARSE) - 1;
    }

    /** The rows of a size. */
    static int rows(int size) {
        int fine = FINE_LIMIT / FINE;
        return size < fine ? (size + 1) * FINE : FINE_LIMIT + (size - fine + 1) * COARSE;
    }
}
