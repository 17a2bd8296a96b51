package dev.confab.engine.generation;

import dev.confab.engine.generation.logits.SequenceBias;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * How the values of an option look in JSON.
 *
 * @param valid what a value must look like, for messages
 * @param read gives the value, or null where the JSON is of another form
 * @param write the inverse of {@code read}
 */
record OptionKind<T>(String valid, Function<JsonNode, @Nullable T> read, Function<T, JsonNode> write) {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final JsonMapper MAPPER = JsonMapper.shared();

    static final OptionKind<Boolean> FLAG = new OptionKind<>(
            "true or false", node -> node.isBoolean() ? (Boolean) node.booleanValue() : null, JSON::booleanNode);
    static final OptionKind<Integer> INTEGER =
            new OptionKind<>("a whole number", OptionKind::integer, value -> JSON.numberNode((int) value));
    static final OptionKind<Long> LONG = new OptionKind<>(
            "a whole number",
            node -> node.isIntegralNumber() && node.canConvertToLong() ? (Long) node.longValue() : null,
            value -> JSON.numberNode((long) value));
    static final OptionKind<Double> NUMBER = new OptionKind<>(
            "a number", node -> node.isNumber() ? (Double) node.doubleValue() : null, OptionKind::number);
    static final OptionKind<List<Integer>> TOKENS = new OptionKind<>(
            "a token id or a list of token ids", OptionKind::tokenOrTokens, OptionKind::writeTokenOrTokens);
    static final OptionKind<List<List<Integer>>> SEQUENCES =
            new OptionKind<>("a list of lists of token ids", node -> list(node, OptionKind::tokens), OptionKind::tree);
    static final OptionKind<List<List<List<Integer>>>> FORCED_WORDS = new OptionKind<>(
            "a list of words, each a list of token ids or a list of alternatives",
            node -> list(node, OptionKind::alternatives),
            OptionKind::tree);
    static final OptionKind<List<String>> STRINGS = new OptionKind<>(
            "a text or a list of texts",
            node -> node.isString() ? List.of(node.stringValue()) : list(node, OptionKind::string),
            OptionKind::tree);
    static final OptionKind<List<SequenceBias.Biased>> BIASES = new OptionKind<>(
            "a list of pairs of a list of token ids and a bias",
            node -> list(node, OptionKind::biased),
            OptionKind::writeBiases);
    static final OptionKind<EarlyStopping> EARLY_STOPPING =
            new OptionKind<>("true, false or \"never\"", OptionKind::earlyStopping, OptionKind::writeEarlyStopping);
    static final OptionKind<LengthDecay> LENGTH_DECAY = new OptionKind<>(
            "a list of the number of tokens after which it starts and a factor",
            OptionKind::lengthDecay,
            decay -> JSON.arrayNode().add(decay.start()).add(decay.factor()));

    /** Whether it is switched on or off. */
    @SuppressWarnings("ReferenceEquality") // there is one of each kind, and a record's equals takes 10 ms to be made
    boolean isFlag() {
        return this == FLAG;
    }

    private static @Nullable Integer integer(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToInt() ? (Integer) node.intValue() : null;
    }

    private static JsonNode number(Double value) {
        return JSON.numberNode((double) value);
    }

    private static @Nullable String string(JsonNode node) {
        return node.isString() ? node.stringValue() : null;
    }

    private static @Nullable List<Integer> tokens(JsonNode node) {
        return list(node, OptionKind::integer);
    }

    private static @Nullable List<Integer> tokenOrTokens(JsonNode node) {
        Integer single = integer(node);
        return single != null ? List.of(single) : tokens(node);
    }

    private static JsonNode writeTokenOrTokens(List<Integer> tokens) {
        return tokens.size() == 1 ? JSON.numberNode(tokens.getFirst()) : tree(tokens);
    }

    private static @Nullable List<List<Integer>> alternatives(JsonNode node) {
        List<Integer> phrase = tokens(node);
        return phrase != null && !phrase.isEmpty() ? List.of(phrase) : list(node, OptionKind::tokens);
    }

    private static SequenceBias.@Nullable Biased biased(JsonNode node) {
        if (node.size() != 2 || !node.isArray() || !node.get(1).isNumber()) {
            return null;
        }
        List<Integer> tokens = tokens(node.get(0));
        return tokens == null
                ? null
                : new SequenceBias.Biased(tokens, node.get(1).doubleValue());
    }

    private static JsonNode writeBiases(List<SequenceBias.Biased> biases) {
        var array = JSON.arrayNode();
        for (SequenceBias.Biased biased : biases) {
            array.add(JSON.arrayNode().add(tree(biased.tokens())).add(biased.bias()));
        }
        return array;
    }

    private static @Nullable EarlyStopping earlyStopping(JsonNode node) {
        if (node.isBoolean()) {
            return node.booleanValue() ? EarlyStopping.TRUE : EarlyStopping.FALSE;
        }
        return node.isString() && node.stringValue().equals("never") ? EarlyStopping.NEVER : null;
    }

    private static JsonNode writeEarlyStopping(EarlyStopping value) {
        return switch (value) {
            case FALSE -> JSON.booleanNode(false);
            case TRUE -> JSON.booleanNode(true);
            case NEVER -> JSON.stringNode("never");
        };
    }

    private static @Nullable LengthDecay lengthDecay(JsonNode node) {
        if (!node.isArray() || node.size() != 2 || !node.get(1).isNumber()) {
            return null;
        }
        Integer start = integer(node.get(0));
        return start == null ? null : new LengthDecay(start, node.get(1).doubleValue());
    }

    private static <E> @Nullable List<E> list(JsonNode node, Function<JsonNode, @Nullable E> element) {
        if (!node.isArray()) {
            return null;
        }
        List<E> values = new ArrayList<>(node.size());
        for (JsonNode item : node) {
            E value = element.apply(item);
            if (value == null) {
                return null;
            }
            values.add(value);
        }
        return List.copyOf(values);
    }

    private static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }
}
