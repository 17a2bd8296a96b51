package dev.confab.app;

import dev.confab.engine.tokenizer.Tokenizer;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code confab tokenize}: from text to token ids. */
@Command(name = "tokenize", description = "Text to token ids; needs only the tokenizer's files of the model.")
final class TokenizeCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    ModelSelection selection;

    @Mixin
    BatchOption batch;

    @Option(names = "--json", description = "{\"ids\": [..]} instead of plain numbers; a batch always is JSON Lines")
    boolean json;

    @Parameters(arity = "0..1", paramLabel = "TEXT", description = "the text; standard input where it is left out")
    @Nullable
    String text;

    @Mixin
    CommonOptions common;

    TokenizeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Tokenizer tokenizer = selection.tokenizer(surroundings, common);
        if (batch.batch != null) {
            return JsonLines.answer(
                    batch.batch, surroundings, line -> document(tokenizer.encode(Json.text(line, "text"))));
        }
        int[] ids = tokenizer.encode(text == null ? StandardInput.text(surroundings) : text);
        if (json) {
            surroundings.out().printLine(document(ids));
        } else {
            surroundings
                    .out()
                    .printLine(Arrays.stream(ids).mapToObj(Integer::toString).collect(Collectors.joining(" ")));
        }
        return 0;
    }

    private static ObjectNode document(int[] ids) {
        ObjectNode document = Json.object();
        document.set("ids", Json.array(ids));
        return document;
    }
}
