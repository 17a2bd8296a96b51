package dev.confab.app;

import dev.confab.engine.hub.Progress;
import dev.confab.engine.tokenizer.Tokenizer;
import dev.confab.training.tokenizer.TokenizerOptions;
import dev.confab.training.tokenizer.TokenizerTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code confab train-tokenizer}: from texts to a vocabulary. */
@Command(
        name = "train-tokenizer",
        description = {
            "Learns a vocabulary from texts: what a model that is trained from nothing needs first. A model that is"
                    + " fine-tuned keeps the tokenizer that it has.",
            "",
            "FILE is plain text with one text a line (.txt), or dialogues with one a line (.jsonl):"
                    + " {\"turns\": [\"Hi!\", \"Hello.\"]}. Either may be compressed (.gz).",
            "",
            "Example:",
            "  confab train-tokenizer chats.jsonl.gz --vocab-size 8192 --output my-tokenizer",
            ""
        })
final class TrainTokenizerCommand implements Callable<Integer> {
    private static final String EXAMPLE = "Hello there! I'm glad to see you, how was your weekend?";

    private final Surroundings surroundings;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "texts to learn from")
    List<Path> files = List.of();

    @Option(
            names = "--output",
            required = true,
            paramLabel = "FOLDER",
            description = "where vocab.json, merges.txt, tokenizer.json and their settings are written")
    Path output = Path.of("");

    @Option(
            names = "--vocab-size",
            paramLabel = "N",
            description =
                    "tokens in all: 256 bytes, merges and <|endoftext|>, which is the last; ${DEFAULT-VALUE} if left"
                            + " out. More tokens make texts shorter and the model larger; GPT-2 has 50257",
            defaultValue = "8192")
    int vocabularySize;

    @Option(
            names = "--min-frequency",
            paramLabel = "N",
            description = "how often two tokens must be neighbours to become one; ${DEFAULT-VALUE} if left out",
            defaultValue = "2")
    long minimumFrequency;

    @Option(names = "--threads", paramLabel = "N", description = "threads that count; one for each core if left out")
    @Nullable
    Integer threads;

    @Option(names = "--overwrite", description = "write into a folder that has files already")
    boolean overwrite;

    @Mixin
    CommonOptions common;

    TrainTokenizerCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        TokenizerOptions options = options();
        refuseToOverwrite();
        Tokenizer tokenizer = train(options);
        tokenizer.save(output);
        surroundings.out().print(summary(tokenizer));
        return 0;
    }

    private TokenizerOptions options() {
        try {
            TokenizerOptions options = TokenizerOptions.of(vocabularySize).withMinimumFrequency(minimumFrequency);
            return threads == null ? options : options.withThreads(threads);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--vocab-size, --min-frequency or --threads cannot be used: " + e.getMessage());
        }
    }

    private void refuseToOverwrite() throws IOException {
        if (overwrite || !Files.exists(output)) {
            return;
        }
        try (Stream<Path> content = Files.list(output)) {
            if (content.findAny().isPresent()) {
                throw new UsageException(
                        output + ": the folder has files already; choose another, or add --overwrite to write into it");
            }
        }
    }

    private Tokenizer train(TokenizerOptions options) throws IOException {
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        Progress reading = ProgressBars.of(surroundings, common);
        reading.started("reading", bytes);
        try (var merging = new MergeBar(surroundings, common, reading);
                Stream<String> texts = files.stream().flatMap(file -> TextFile.open(file, reading))) {
            return new TokenizerTrainer(options, merging).train(texts);
        }
    }

    private String summary(Tokenizer tokenizer) {
        int size = tokenizer.vocabularySize();
        String wanted = size < vocabularySize
                ? String.format(
                        Locale.ROOT,
                        " (of the %,d asked for: no other two are neighbours %d times)",
                        vocabularySize,
                        minimumFrequency)
                : "";
        int[] ids = tokenizer.encode(EXAMPLE);
        String split = Arrays.stream(ids)
                .mapToObj(id -> tokenizer.decode(new int[] {id}))
                .collect(Collectors.joining("|"));
        return String.format(
                Locale.ROOT,
                "%s: %,d tokens%s, the last is %s%n%d tokens: %s%n",
                output,
                size,
                wanted,
                tokenizer.eosToken(),
                ids.length,
                split);
    }
}
