package dev.confab.dialogue.filter;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.confab.dialogue.resource.Resource;
import dev.confab.engine.error.ConfabException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Words, phrases and expressions that a {@link WordFilter} looks for. One entry on a line:
 *
 * <ul>
 *   <li>{@code heck}: this word; {@code darn*}: words that begin with it; {@code *blast*}: words that have it anywhere
 *   <li>{@code shut your mouth}: a phrase
 *   <li>{@code re:\bwin \$\d+}: a regular expression in RE2's syntax, for lower case without accents
 *   <li>{@code allow:heckler}: nothing inside this word counts
 *   <li>{@code # ours}: a comment
 * </ul>
 *
 * <p>Case, accents, look-alikes, digits for letters, letters set apart, starred out or repeated need no entries of their
 * own. An expression takes time proportional to the text, whatever it is.
 *
 * <p>Immutable, usable from any thread.
 */
public final class WordList {
    private static final long MOST_BYTES = 4 << 20;
    private static final int MOST_ENTRIES = 100_000;
    private static final int LONGEST_ENTRY = 500;
    /** Time grows with an expression's instructions as well; this leaves room for hundreds of letters. */
    private static final int LONGEST_PROGRAM = 2_000;

    private static final int MOST_MISTAKES_SHOWN = 10;

    private final String name;
    private final List<ListedWord> words;
    private final List<Pattern> expressions;

    private WordList(String name, List<ListedWord> words, List<Pattern> expressions) {
        this.name = name;
        this.words = List.copyOf(words);
        this.expressions = List.copyOf(expressions);
    }

    /**
     * A list of entries.
     *
     * @param name what the operator's log calls it
     * @param lines entries, comments and empty lines
     * @throws ConfabException if a line cannot be read; the message names each such line
     */
    public static WordList of(String name, List<String> lines) {
        return of(name, name, lines);
    }

    /**
     * Reads a list from a file in UTF-8, which is called by the file's name without its ending.
     *
     * @throws ConfabException if the file is missing or too large, or a line cannot be read; the message names each
     *     such line
     * @throws IOException if the file cannot be read
     */
    public static WordList read(Path file) throws IOException {
        try {
            long size = Files.size(file);
            if (size > MOST_BYTES) {
                throw new ConfabException("%s has %d bytes, expected at most %d; split it into several lists"
                        .formatted(file, size, MOST_BYTES));
            }
            String name = file.getFileName().toString().replaceFirst("(?<=.)\\.[^.]*$", "");
            return of(name, file.toString(), Files.readAllLines(file, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            throw new ConfabException("the word list %s does not exist; check the path".formatted(file), e);
        } catch (MalformedInputException e) {
            throw new ConfabException("the word list %s is not in UTF-8; save it in that encoding".formatted(file), e);
        }
    }

    /** A list that is shipped, such as {@code slurs}. */
    static WordList shipped(String name) {
        return of(name, name + ".txt", Resource.lines(WordList.class, name + ".txt"));
    }

    private static WordList of(String name, String source, List<String> lines) {
        if (lines.size() > MOST_ENTRIES) {
            throw new ConfabException("%s has %d lines, expected at most %d; split it into several lists"
                    .formatted(source, lines.size(), MOST_ENTRIES));
        }
        List<ListedWord> words = new ArrayList<>();
        List<Pattern> expressions = new ArrayList<>();
        List<String> mistakes = new ArrayList<>();
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1).strip();
            try {
                read(number == 1 ? line.replace("\uFEFF", "") : line, words, expressions);
            } catch (ConfabException e) {
                mistakes.add("%s:%d: %s".formatted(source, number, e.getMessage()));
            }
        }
        if (!mistakes.isEmpty()) {
            String rest = mistakes.size() > MOST_MISTAKES_SHOWN
                    ? "\nand %d more".formatted(mistakes.size() - MOST_MISTAKES_SHOWN)
                    : "";
            throw new ConfabException(String.join(
                            "\n", mistakes.subList(0, Math.min(mistakes.size(), MOST_MISTAKES_SHOWN)))
                    + rest);
        }
        return new WordList(name, words, expressions);
    }

    private static void read(String line, List<ListedWord> words, List<Pattern> expressions) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        if (line.length() > LONGEST_ENTRY) {
            throw new ConfabException(
                    "the entry has %d characters, expected at most %d".formatted(line.length(), LONGEST_ENTRY));
        }
        if (line.startsWith("re:")) {
            expressions.add(compile(line.substring(3).strip()));
        } else if (line.startsWith("allow:")) {
            words.add(ListedWord.of(line.substring(6).strip(), true));
        } else {
            words.add(ListedWord.of(line, false));
        }
    }

    private static Pattern compile(String expression) {
        try {
            Pattern pattern = Pattern.compile(expression, Pattern.CASE_INSENSITIVE);
            if (pattern.programSize() > LONGEST_PROGRAM) {
                throw new ConfabException(
                        "the expression '%s' becomes %d instructions, expected at most %d; use smaller repetitions"
                                .formatted(expression, pattern.programSize(), LONGEST_PROGRAM));
            }
            if (pattern.matches("")) {
                throw new ConfabException(
                        "the expression '%s' matches no text at all, and so every text".formatted(expression));
            }
            return pattern;
        } catch (PatternSyntaxException e) {
            throw new ConfabException(
                    "the expression '%s' cannot be read: %s; RE2's syntax has no look-around and no back-references"
                            .formatted(expression, e.getDescription()),
                    e);
        }
    }

    /** What the operator's log calls it. */
    public String name() {
        return name;
    }

    List<ListedWord> words() {
        return words;
    }

    List<Pattern> expressions() {
        return expressions;
    }
}
