package dev.confab.app;

import dev.confab.engine.LanguageModel;
import dev.confab.engine.generation.GeneratedSequence;
import dev.confab.engine.generation.GenerationConfig;
import dev.confab.engine.generation.GenerationException;
import dev.confab.engine.generation.GenerationListener;
import dev.confab.engine.tokenizer.DecodeOption;
import dev.confab.engine.tokenizer.StreamingDecoder;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code confab generate}: continues one prompt, or each of a file. */
@Command(
        name = "generate",
        description = "Continues a prompt exactly as it is given. A line of a batch is {\"prompt\": \"..\"} or"
                + " {\"prompt_ids\": [..]} with generation options beside it.")
final class GenerateCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    private final GenerationSettings settings;

    @Mixin
    ModelSelection selection;

    @Mixin
    BatchOption batch;

    @Option(names = "--prompt-ids", paramLabel = "IDS", description = "the prompt as token ids, such as 15496,995")
    @Nullable
    String promptIds;

    @Option(
            names = "--logits",
            paramLabel = "POSITIONS",
            description = "with --json: the raw scores at these positions of the prompt, such as 0,3; -1 is the last")
    @Nullable
    String logits;

    @Option(names = "--hidden-states", description = "with --json: each layer's output at the prompt's last position")
    boolean hiddenStates;

    @Option(names = "--json", description = "one JSON document instead of the text; a batch always is JSON Lines")
    boolean json;

    @Parameters(arity = "0..1", paramLabel = "PROMPT", description = "the prompt; standard input where it is left out")
    @Nullable
    String prompt;

    @Mixin
    CommonOptions common;

    GenerateCommand(Surroundings surroundings, GenerationSettings settings) {
        this.surroundings = surroundings;
        this.settings = settings;
    }

    @Override
    public Integer call() throws IOException {
        if (batch.batch != null) {
            return generateAll(batch.batch);
        }
        generateOne();
        return 0;
    }

    private int generateAll(String file) throws IOException {
        if (prompt != null || promptIds != null) {
            throw new UsageException("a prompt is given and --batch too; leave one of them out");
        }
        GenerationConfig config = settings.config();
        try (LanguageModel model = selection.load(surroundings, common)) {
            var answers = new GenerationAnswers(model, this::notice);
            return JsonLines.answer(file, surroundings, line -> {
                if (logits != null && !line.has("logits")) {
                    line.set("logits", Json.array(TokenIds.parse(logits)));
                }
                if (hiddenStates && !line.has("hidden_states")) {
                    line.put("hidden_states", true);
                }
                return answers.answer(GenerationInput.parse(line, config));
            });
        }
    }

    private void generateOne() throws IOException {
        GenerationInput input = GenerationInput.parse(document(), settings.config());
        try (LanguageModel model = selection.load(surroundings, common)) {
            var answers = new GenerationAnswers(model, this::notice);
            if (json) {
                surroundings.out().printLine(answers.answer(input));
            } else if (input.config().over(model.generationConfig()).numReturnSequences() > 1) {
                for (GeneratedSequence sequence :
                        answers.generate(input, GenerationListener.NONE).sequences()) {
                    surroundings.out().printLine(answers.text(sequence.tokens()));
                }
            } else {
                stream(answers, input);
            }
        } catch (GenerationException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private void stream(GenerationAnswers answers, GenerationInput input) {
        StreamingDecoder decoder = answers.requireTokenizer().newStreamingDecoder(DecodeOption.SKIP_SPECIAL_TOKENS);
        answers.generate(input, (_, token) -> surroundings.out().print(decoder.next(token)));
        surroundings.out().printLine(decoder.finish());
    }

    /** What the options and the parameter say, as a line of a batch would. */
    private ObjectNode document() throws IOException {
        ObjectNode document = Json.object();
        if (promptIds == null) {
            document.put("prompt", prompt == null ? StandardInput.text(surroundings) : prompt);
        } else if (prompt == null) {
            document.set("prompt_ids", Json.array(TokenIds.parse(promptIds)));
        } else {
            throw new UsageException("a prompt is given and --prompt-ids too; leave one of them out");
        }
        if (logits != null) {
            document.set("logits", Json.array(TokenIds.parse(logits)));
        }
        return document.put("hidden_states", hiddenStates);
    }

    private void notice(String message) {
        if (!common.quiet) {
            surroundings.err().println("confab: " + message);
        }
    }
}
