package dev.confab.engine.model;

import java.util.Optional;
import java.util.regex.Pattern;

/** The names of GPT-2's tensors in checkpoints, in the form that transformers writes without its prefix. */
final class TensorNames {
    static final String TOKEN_EMBEDDING = "wte.weight";
    static final String POSITION_EMBEDDING = "wpe.weight";
    static final String FINAL_NORM = "ln_f";
    static final String HEAD = "lm_head.weight";
    static final String NORM_1 = "ln_1";
    static final String NORM_2 = "ln_2";
    static final String QKV = "attn.c_attn";
    static final String PROJECTION = "attn.c_proj";
    static final String EXPAND = "mlp.c_fc";
    static final String CONTRACT = "mlp.c_proj";
    static final String WEIGHT = ".weight";
    static final String BIAS = ".bias";

    /** The causal mask, which some versions of PyTorch stored with the weights. */
    private static final Pattern MASK = Pattern.compile("h\\.\\d+\\.attn\\.(bias|masked_bias)");

    /** Written by DataParallel training. */
    private static final String PARALLEL_PREFIX = "module.";

    private static final String MODEL_PREFIX = "transformer.";
    /** The head's name in Microsoft's original files. */
    private static final String MICROSOFT_HEAD = "lm_head.decoder.weight";

    private TensorNames() {}

    /** The name of a part of a block. */
    static String block(int layer, String part) {
        return "h." + layer + "." + part;
    }

    /** The name without prefixes; empty for a tensor that holds no weights. */
    static Optional<String> canonical(String name) {
        String bare = without(MODEL_PREFIX, without(PARALLEL_PREFIX, name));
        if (MASK.matcher(bare).matches()) {
            return Optional.empty();
        }
        return Optional.of(bare.equals(MICROSOFT_HEAD) ? HEAD : bare);
    }

    private static String without(String prefix, String name) {
        return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    }
}
