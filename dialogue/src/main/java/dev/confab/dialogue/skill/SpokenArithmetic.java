package dev.confab.dialogue.skill;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.List;
import java.util.Locale;

/** Turns the words of a sum into signs: {@code two plus 20 percent of 5} is {@code 2 + 20/100* 5}. */
final class SpokenArithmetic {
    private record Rule(Pattern words, String signs) {
        static Rule of(String words, String signs) {
            return new Rule(Pattern.compile(words), signs);
        }
    }

    /** In this order: longer words first, and what is said before a number before what is said between two. */
    private static final List<Rule> RULES = List.of(
            Rule.of("[×·∙]|(\\d) ?x ?(\\d|\\()", "$1*$2"),
            Rule.of("÷", "/"),
            Rule.of("[−–]", "-"),
            Rule.of("√ ?", "square root of "),
            Rule.of("²", "^2"),
            Rule.of("³", "^3"),
            Rule.of("\\*\\*", "^"),
            Rule.of("\\bthe ", ""),
            Rule.of("([0-9.]+) ?(?:%|percent) of ", "$1/100*"),
            Rule.of("([0-9.]+) ?(?:%|percent)", "($1/100)"),
            Rule.of("\\bhalf of ", "0.5*"),
            Rule.of("\\b(?:square root of|sqrt of|root of) ?\\(", "sqrt("),
            Rule.of("\\b(?:square root of|sqrt of|sqrt|root of) ?([0-9.]+)", "sqrt($1)"),
            Rule.of("\\b(sin|cos|tan)(?:e|ine|gent)? (?:of )?([0-9.]+)", "$1($2)"),
            Rule.of("\\b(?:sum of|product of) ", ""),
            Rule.of(" squared\\b", "^2"),
            Rule.of(" cubed\\b", "^3"),
            Rule.of(" (?:to the power of|to power of|raised to|to the) ", "^"),
            Rule.of(" (?:multiplied by|times) ", " * "),
            Rule.of(" (?:divided by|over) ", " / "),
            Rule.of(" (?:modulo|mod) ", " % "),
            Rule.of(" plus ", " + "),
            Rule.of("\\b(?:minus|negative) ", "- "));

    private static final List<String> NUMBERS = List.of(
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty");

    private static final Pattern WORD = Pattern.compile("[a-z]+");

    private SpokenArithmetic() {}

    /** The sum in signs; words that are none of a sum stay. */
    static String signs(String sum) {
        String signs = numbers(sum.toLowerCase(Locale.ROOT));
        for (Rule rule : RULES) {
            signs = rule.words().matcher(signs).replaceAll(rule.signs());
        }
        return signs.strip();
    }

    private static String numbers(String sum) {
        var replaced = new StringBuilder();
        Matcher matcher = WORD.matcher(sum);
        int done = 0;
        while (matcher.find()) {
            int number = NUMBERS.indexOf(matcher.group());
            replaced.append(sum, done, matcher.start()).append(number >= 0 ? String.valueOf(number) : matcher.group());
            done = matcher.end();
        }
        return replaced.append(sum, done, sum.length()).toString();
    }
}
