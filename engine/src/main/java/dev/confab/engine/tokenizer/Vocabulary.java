package dev.confab.engine.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The tokens with their ids, and the bytes that each stands for. Immutable. */
final class Vocabulary {
    private final Map<String, Integer> ids;
    private final @Nullable String[] tokens;
    /** The bytes of all tokens in the order of their ids: token {@code i} from {@code starts[i]} to the next start. */
    private final byte[] bytes;

    private final int[] starts;
    private final BitSet special = new BitSet();

    /**
     * Joins a model's vocabulary and the tokens that were added to it.
     *
     * @throws TokenizerException if two tokens have the same id
     */
    Vocabulary(Map<String, Integer> model, SortedMap<Integer, AddedToken> added) {
        ids = new HashMap<>(model);
        added.forEach((id, token) -> ids.put(token.content(), id));
        int highest = ids.values().stream().mapToInt(Integer::intValue).max().orElse(-1);
        tokens = new String[highest + 1];
        ids.forEach((token, id) -> {
            if (tokens[id] != null) {
                throw new TokenizerException("Tokens '" + tokens[id] + "' and '" + token + "' both have id " + id
                        + "; are all of the tokenizer's files from the same model?");
            }
            tokens[id] = token;
        });
        added.forEach((id, token) -> special.set(id, token.special()));
        starts = new int[tokens.length + 1];
        bytes = layOut(added);
    }

    private byte[] layOut(Map<Integer, AddedToken> added) {
        byte[][] each = new byte[tokens.length][];
        for (int id = 0; id < tokens.length; id++) {
            String token = tokens[id] == null ? "" : tokens[id];
            each[id] = added.containsKey(id) ? token.getBytes(StandardCharsets.UTF_8) : ByteAlphabet.bytes(token);
            starts[id + 1] = starts[id] + each[id].length;
        }
        byte[] all = new byte[starts[tokens.length]];
        for (int id = 0; id < tokens.length; id++) {
            System.arraycopy(each[id], 0, all, starts[id], each[id].length);
        }
        return all;
    }

    int size() {
        return ids.size();
    }

    /** One more than the highest id. */
    int end() {
        return tokens.length;
    }

    OptionalInt id(String token) {
        Integer id = ids.get(token);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    Optional<String> token(int id) {
        return id < 0 || id >= tokens.length ? Optional.empty() : Optional.ofNullable(tokens[id]);
    }

    boolean isSpecial(int id) {
        return id >= 0 && special.get(id);
    }

    /**
     * Gives a token's bytes to a decoder.
     *
     * @throws TokenizerException if no token has this id
     */
    void appendTo(Utf8Decoder decoder, int id) {
        if (id < 0 || id >= tokens.length || tokens[id] == null) {
            throw new TokenizerException("No token has id " + id + "; ids of this vocabulary are 0 to "
                    + (tokens.length - 1) + (id >= 0 && id < tokens.length ? " with gaps" : ""));
        }
        decoder.append(bytes, starts[id], starts[id + 1]);
    }
}
