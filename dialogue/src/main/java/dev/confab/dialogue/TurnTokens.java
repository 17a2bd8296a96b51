package dev.confab.dialogue;

import dev.confab.dialogue.persona.Casting;
import dev.confab.dialogue.persona.Exchange;
import dev.confab.dialogue.persona.Persona;
import dev.confab.engine.Tokens;
import dev.confab.engine.tokenizer.DecodeOption;
import dev.confab.engine.tokenizer.EncodeOptions;
import dev.confab.engine.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
    private final @Nullable Casting casting;
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

    /**
     * Tokens for a model.
     *
     * @param casting how it is told who speaks, if it knows no turns
     */
    TurnTokens(Tokenizer tokenizer, @Nullable Casting casting) {
        this.casting = casting;
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
        int[] tokens = generated(turn).orElseGet(() -> encoded(turn.speaker(), turn.text()));
        known.put(turn.id(), new Known(turn, tokens));
        return tokens;
    }

    /** The turns that stand before all others: a persona's. */
    List<int[]> of(Persona persona) {
        List<int[]> pinned = new ArrayList<>();
        if (casting != null) {
            pinned.add(tokenizer.encode(
                    (casting.preamble() + " " + String.join(" ", persona.facts())).strip() + "\n\n", plainText));
        }
        List<Exchange> exchanges = casting == null ? persona.exchanges() : persona.examples();
        exchanges.forEach(exchange -> pinned.addAll(of(exchange)));
        return pinned;
    }

    /** The two turns of an exchange. */
    List<int[]> of(Exchange exchange) {
        return List.of(encoded(Speaker.USER, exchange.user()), encoded(Speaker.CHATBOT, exchange.chatbot()));
    }

    /** What stands before a reply. */
    int[] cue() {
        return casting == null ? new int[0] : tokenizer.encode(casting.cue(), plainText);
    }

    /** What ends a reply besides the token that ends a turn. */
    List<String> stopStrings() {
        return casting == null ? List.of() : List.of("\n");
    }

    /** The reply within what was generated. */
    String reply(String generated) {
        if (casting == null) {
            return generated;
        }
        String begun = generated.stripLeading();
        int end = begun.indexOf('\n');
        return end < 0 ? begun : begun.substring(0, end);
    }

    /** A text as a turn. A token such as {@code <|endoftext|>} in it is text like any other. */
    private int[] encoded(Speaker speaker, String text) {
        if (casting == null) {
            return ended(tokenizer.encode(text, plainText));
        }
        String line = speaker == Speaker.USER ? casting.userLine(text) : casting.chatbotLine(text);
        return tokenizer.encode(line, plainText);
    }

    /** What has to be noted with a reply so that its tokens stay known: mostly nothing, as its text gives them. */
    Map<String, String> details(String text, int[] generated) {
        int[] tokens = ended(generated);
        return casting != null || Arrays.equals(tokens, encoded(Speaker.CHATBOT, text))
                ? Map.of()
                : Map.of(
                        TurnDetail.TOKENS,
                        Arrays.stream(tokens).mapToObj(Integer::toString).collect(Collectors.joining(" ")));
    }

    /** The noted tokens of a turn, if they are those of this model: the turn may have been another's. */
    private Optional<int[]> generated(Turn turn) {
        String noted = turn.details().get(TurnDetail.TOKENS);
        if (noted == null || casting != null) {
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
