package dev.confab.dialogue;

import dev.confab.engine.Tokens;
import dev.confab.engine.tokenizer.DecodeOption;
import dev.confab.engine.tokenizer.EncodeOptions;
import dev.confab.engine.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The tokens of turns. Those of the chatbot's are what the model generated: encoding their text may give others, and then
 * the cache of what it has read would be of no use.
 *
 * <p>Belongs to one conversation.
 */
final class TurnTokens {
    private static final int MOST_KNOWN = 4096;

    private final Tokenizer tokenizer;
    private final EncodeOptions plainText;
    private final int endOfTurn;
    private final Map<Integer, Known> known = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Known> eldest) {
            return size() > MOST_KNOWN;
        }
    };

    /** The tokens of a turn; another turn may have its number if this one failed. */
    private static final class Known {
        private final Turn turn;
        private final int[] tokens;

        private Known(Turn turn, int[] tokens) {
            this.turn = turn;
            this.tokens = tokens;
        }
    }

    TurnTokens(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
        plainText = tokenizer.encodeOptions().withSplitSpecialTokens(true);
        endOfTurn = tokenizer.eosTokenId();
    }

    /** A turn as the model reads it, which ends with the token that ends a turn. */
    int[] of(Turn turn) {
        Known found = known.get(turn.id());
        if (found != null && found.turn.equals(turn)) {
            return found.tokens;
        }
        int[] tokens =
                generated(turn).orElseGet(() -> of(turn.details().getOrDefault(TurnDetail.MODEL_TEXT, turn.text())));
        known.put(turn.id(), new Known(turn, tokens));
        return tokens;
    }

    /** A text as a turn. A token such as {@code <|endoftext|>} in it is text like any other. */
    int[] of(String text) {
        return ended(tokenizer.encode(text, plainText));
    }

    /** What has to be noted with a reply so that its tokens stay known: mostly nothing, as its text gives them. */
    Map<String, String> details(String text, int[] generated) {
        int[] tokens = ended(generated);
        return Arrays.equals(tokens, of(text))
                ? Map.of()
                : Map.of(
                        TurnDetail.TOKENS,
                        Arrays.stream(tokens).mapToObj(Integer::toString).collect(Collectors.joining(" ")));
    }

    /** The noted tokens of a turn, if they are those of this model: the turn may have been another's. */
    private Optional<int[]> generated(Turn turn) {
        String noted = turn.details().get(TurnDetail.TOKENS);
        if (noted == null) {
            return Optional.empty();
        }
        try {
            int[] tokens = Arrays.stream(noted.split(" "))
                    .mapToInt(Integer::parseUnsignedInt)
                    .toArray();
            boolean fits = Arrays.stream(tokens).allMatch(token -> token >= 0 && token < tokenizer.vocabularySize())
                    && tokenizer
                            .decode(tokens, DecodeOption.SKIP_SPECIAL_TOKENS)
                            .equals(turn.text());
            return fits ? Optional.of(ended(tokens)) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty(); // written by something else; the text gives tokens as good
        }
    }

    private int[] ended(int[] tokens) {
        boolean ended = tokens.length > 0 && tokens[tokens.length - 1] == endOfTurn;
        return ended ? tokens : Tokens.concat(tokens, new int[] {endOfTurn});
    }
}
