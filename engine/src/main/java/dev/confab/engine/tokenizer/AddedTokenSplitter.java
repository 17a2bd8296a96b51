package dev.confab.engine.tokenizer;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the added tokens in a text: from left to right, at each place the longest.
 *
 * <p>White space beside a token that strips is dropped, and a single-word token beside anything but a space is text: it
 * joins the piece before it, else the one after it, as in transformers' {@code PreTrainedTokenizer.tokenize}.
 */
final class AddedTokenSplitter {
    /** A part of the text: an added token, or text to encode if {@code token} is null. */
    record Piece(int start, int end, @Nullable AddedToken token) {
        private static Piece text(int start, int end) {
            return new Piece(start, end, null);
        }
    }

    private final BitSet firstCharacters = new BitSet();
    private final Map<Character, List<AddedToken>> byFirstCharacter = new HashMap<>();

    AddedTokenSplitter(Iterable<AddedToken> tokens) {
        for (AddedToken token : tokens) {
            char first = token.content().charAt(0);
            firstCharacters.set(first);
            byFirstCharacter.computeIfAbsent(first, c -> new ArrayList<>()).add(token);
        }
        Comparator<AddedToken> byLength =
                Comparator.comparingInt(token -> token.content().length());
        byFirstCharacter.values().forEach(list -> list.sort(byLength.reversed()));
    }

    /** The pieces that make up the text, in order; some may be empty. */
    List<Piece> split(String text) {
        var pieces = new ArrayList<Piece>();
        int textStart = 0;
        for (int i = 0; i < text.length(); ) {
            AddedToken token = firstCharacters.get(text.charAt(i)) ? longestAt(text, i) : null;
            if (token == null) {
                i++;
                continue;
            }
            if (i > textStart) {
                pieces.add(Piece.text(textStart, i));
            }
            int end = i + token.content().length();
            pieces.add(new Piece(i, end, token));
            textStart = end;
            i = end;
        }
        if (textStart < text.length()) {
            pieces.add(Piece.text(textStart, text.length()));
        }
        applyFlags(text, pieces);
        return pieces;
    }

    private @Nullable AddedToken longestAt(String text, int index) {
        for (AddedToken token : byFirstCharacter.getOrDefault(text.charAt(index), List.of())) {
            if (text.startsWith(token.content(), index)) {
                return token;
            }
        }
        return null;
    }

    private static void applyFlags(String text, List<Piece> pieces) {
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            AddedToken token = piece.token();
            if (token == null) {
                continue;
            }
            Piece left = i > 0 ? pieces.get(i - 1) : Piece.text(0, 0);
            Piece right = i + 1 < pieces.size() ? pieces.get(i + 1) : Piece.text(0, 0);
            if (token.rightStrip() && right.token() == null && right.start() < right.end()) {
                pieces.set(i + 1, Piece.text(skipSpaces(text, right.start(), right.end()), right.end()));
            }
            if (token.leftStrip() && left.token() == null && left.start() < left.end()) {
                pieces.set(i - 1, Piece.text(left.start(), dropSpaces(text, left.start(), left.end())));
            }
            if (token.singleWord()) {
                keepApart(text, pieces, i, left, right);
            }
        }
    }

    private static void keepApart(String text, List<Piece> pieces, int i, Piece left, Piece right) {
        Piece token = pieces.get(i);
        if (left.start() < left.end() && text.charAt(left.end() - 1) != ' ') {
            pieces.set(i - 1, Piece.text(left.start(), token.end()));
            pieces.set(i, Piece.text(token.end(), token.end()));
        } else if (right.start() < right.end() && text.charAt(right.start()) != ' ') {
            pieces.set(i + 1, Piece.text(token.start(), right.end()));
            pieces.set(i, Piece.text(token.start(), token.start()));
        }
    }

    private static int skipSpaces(String text, int start, int end) {
        int i = start;
        while (i < end && isSpace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static int dropSpaces(String text, int start, int end) {
        int i = end;
        while (i > start && isSpace(text.charAt(i - 1))) {
            i--;
        }
        return i;
    }

    /** What Python's {@code str.strip} removes: with U+001C to U+001F, unlike the pre-tokeniser's white space. */
    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
    }
}
