package dev.confab.kernels.onednn;

import java.util.Locale;

/** Names what oneDNN's {@code dnnl_cpu_isa_t} numbers. */
enum InstructionSets {
    SSE41(0x1),
    AVX(0x3),
    AVX2(0x7),
    AVX2_VNNI(0xf),
    AVX2_VNNI_2(0x1f),
    AVX512(0x27),
    AVX512_VNNI(0x67),
    AVX512_BF16(0xe7),
    AVX512_FP16(0x1ef),
    AMX(0xfef);

    private final int bits;

    InstructionSets(int bits) {
        this.bits = bits;
    }

    /** The largest set whose bits are all there, in the form {@code avx512-bf16}. */
    static String name(int isa) {
        String name = "unknown";
        for (InstructionSets set : values()) {
            if ((isa & set.bits) == set.bits) {
                name = set.name().toLowerCase(Locale.ROOT).replace('_', '-');
            }
        }
        return name;
    }
}
