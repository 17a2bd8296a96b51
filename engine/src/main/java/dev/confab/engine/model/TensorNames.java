package dev.confab.engine.model;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names of GPT-2's tensors in checkpoints, in the form that transformers writes without its prefix. */
public final class TensorNames {
    /** {@code [vocabulary, hidden]} */
    public static final String TOKEN_EMBEDDING = "wte.weight";
    /** {@code [positions, hidden]} */
    public static final String POSITION_EMBEDDING = "wpe.weight";
    /** The layer norm before the head. */
    public static final String FINAL_NORM = "ln_f";
    /** {@code [vocabulary, hidden]}, where it is not the token embedding. */
    public static final String HEAD = "lm_head.weight";
    /** {@code [labels, hidden]}: the head of a sequence classifier, which has no bias. */
    public static final String SCORE = "score.weight";
    /** The layer norm before attention. */
    public static final String NORM_1 = "ln_1";
    /** The layer norm before the feed-forward layer. */
    public static final String NORM_2 = "ln_2";
    /** Queries, keys and values. */
    public static final String QKV = "attn.c_attn";
    /** Attention's output layer. */
    public static final String PROJECTION = "attn.c_proj";
    /** The first half of the feed-forward layer. */
    public static final String EXPAND = "mlp.c_fc";
    /** The second half of the feed-forward layer. */
    public static final String CONTRACT = "mlp.c_proj";
    /** What follows a layer's name: its matrix, or a norm's gain. */
    public static final String WEIGHT = ".weight";
    /** What follows a layer's name: its bias. */
    public static final String BIAS = ".bias";

    /** The causal mask, which some versions of PyTorch stored with the weights. */
    private static final Pattern MASK = Pattern.compile("h\\.\\d+\\.attn\\.(bias|masked_bias)");

    private static final Pattern LINEAR = Pattern.compile("h\\.\\d+\\.(%s)\\.weight"
            .formatted(Stream.of(QKV, PROJECTION, EXPAND, CONTRACT)
                    .map(Pattern::quote)
                    .collect(Collectors.joining("|"))));

    /** Written by DataParallel training. */
    private static final String PARALLEL_PREFIX = "module.";

    private static final String MODEL_PREFIX = "transformer.";
    /** The head's name in Microsoft's original files. */
    private static final String MICROSOFT_HEAD = "lm_head.decoder.weight";

    private TensorNames() {}

    /** The name of a part of a block. */
    public static String block(int layer, String part) {
        return "h." + layer + "." + part;
    }

    /** The name without prefixes; empty for a tensor that holds no weights. */
    public static Optional<String> canonical(String name) {
        String bare = without(MODEL_PREFIX, without(PARALLEL_PREFIX, name));
        if (MASK.matcher(bare).matches()) {
            return Optional.empty();
        }
        return Optional.of(bare.equals(MICROSOFT_HEAD) ? HEAD : bare);
    }

    /** The name that transformers writes for a canonical one. */
    static String published(String canonical) {
        return canonical.equals(HEAD) ? HEAD : MODEL_PREFIX + canonical;
    }

    /** Whether it is a block's matrix, stored as {@code [inputs, outputs]}. */
    static boolean isLinear(String canonical) {
        return LINEAR.matcher(canonical).matches();
    }

    private static String without(String prefix, String name) {
        return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    }
}
