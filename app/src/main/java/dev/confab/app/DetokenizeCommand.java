package dev.confab.app;

import dev.confab.engine.tokenizer.DecodeOption;
import dev.confab.engine.tokenizer.Tokenizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code confab detokenize}: from token ids to text. */
@Command(name = "detokenize", description = "Token ids to text; needs only the tokenizer's files of the model.")
final class DetokenizeCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    ModelSelection selection;

    @Mixin
    BatchOption batch;

    @Option(names = "--json", description = "{\"text\": \"..\"} instead of plain text; a batch always is JSON Lines")
    boolean json;

    @Option(names = "--skip-special-tokens", description = "leave out tokens such as <|endoftext|>")
    boolean skipSpecialTokens;

    @Parameters(arity = "0..*", paramLabel = "ID", description = "the ids; standard input where they are left out")
    List<String> ids = new ArrayList<>();

    @Mixin
    CommonOptions common;

    DetokenizeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Tokenizer tokenizer = selection.tokenizer(surroundings, common);
        if (batch.batch != null) {
            return JsonLines.answer(
                    batch.batch,
                    surroundings,
                    line -> document(decode(
                            tokenizer,
                            Json.integers(line, "ids"),
                            skipSpecialTokens || Json.flag(line, "skip_special_tokens"))));
        }
        String text = decode(tokenizer, ids(), skipSpecialTokens);
        if (json) {
            surroundings.out().printLine(document(text));
        } else {
            surroundings.out().printLine(text);
        }
        return 0;
    }

    private int[] ids() throws IOException {
        String given = ids.isEmpty() ? StandardInput.text(surroundings) : String.join(" ", ids);
        return TokenIds.parse(given);
    }

    private static String decode(Tokenizer tokenizer, int[] ids, boolean skipSpecialTokens) {
        return skipSpecialTokens ? tokenizer.decode(ids, DecodeOption.SKIP_SPECIAL_TOKENS) : tokenizer.decode(ids);
    }

    private static ObjectNode document(String text) {
        return Json.object().put("text", text);
    }
}
