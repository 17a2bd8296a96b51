package dev.confab.training.data;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A row of DialoGPT's own data: {@code 0.0 A EOS 1.0 B<tab>1.0 C}, in which a turn may begin with its weight.
 *
 * <p>DialoGPT takes whatever Python reads as a number for the weight, so that "21 dollars" loses its 21 and "nan bread" its
 * first word. Here a weight is a number with a decimal point, as DialoGPT's tools write it; a whole number is one only
 * where every turn of the row begins with a number. How large a weight is makes no difference to DialoGPT, and none here:
 * 0 is context, anything else is learned.
 */
final class DialogptRow {
    private static final Pattern BETWEEN_TURNS = Pattern.compile("(?<=^|\\s)EOS(?=\\s|$)");
    private static final Pattern DECIMAL = Pattern.compile("\\d+\\.\\d+");
    private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?");
    private static final Pattern FIRST_WORD = Pattern.compile("\\s*(\\S+)(.*)", Pattern.DOTALL);

    private DialogptRow() {}

    static Dialogue parse(String row) {
        String[] columns = row.split("\t", -1);
        if (columns.length != 2) {
            throw new LineFault("has " + columns.length
                    + " columns, expected 2, split by a tab: what was said before, and the reply");
        }
        var parts = new ArrayList<>(List.of(BETWEEN_TURNS.split(columns[0], -1)));
        parts.add(columns[1]);
        Pattern weight = parts.stream().allMatch(part -> firstWordIs(NUMBER, part)) ? NUMBER : DECIMAL;
        var turns = new ArrayList<Turn>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            boolean fromBot = (parts.size() - 1 - i) % 2 == 0;
            turns.add(turn(parts.get(i), i, fromBot, weight));
        }
        return new Dialogue(turns);
    }

    private static Turn turn(String part, int position, boolean fromBot, Pattern weights) {
        boolean weighted = firstWordIs(weights, part);
        Matcher words = FIRST_WORD.matcher(part);
        String text = weighted && words.matches() ? words.group(2).strip() : part.strip();
        if (text.isEmpty()) {
            throw new LineFault("turn " + (position + 1) + " is empty; DialoGPT skips such a row, too");
        }
        boolean context = weighted && Double.parseDouble(words.group(1)) == 0;
        return new Turn(text, fromBot, context ? 0 : 1);
    }

    private static boolean firstWordIs(Pattern pattern, String part) {
        Matcher words = FIRST_WORD.matcher(part);
        return words.matches() && pattern.matcher(words.group(1)).matches();
    }
}
