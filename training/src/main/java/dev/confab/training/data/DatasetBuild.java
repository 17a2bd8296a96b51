package dev.confab.training.data;

import dev.confab.engine.hub.Progress;
import dev.confab.engine.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes datasets: one thread reads chunks of dialogues, several tokenize them, and the first one writes the rows in the
 * order of the file.
 */
final class DatasetBuild {
    private static final int CHUNK_DIALOGUES = 256;
    private static final int CHUNK_CHARACTERS = 1 << 20;

    private final DialogueEncoder encoder;
    private final DatasetOptions options;
    private final double validationShare;
    private final DatasetWriter training;
    private final DatasetWriter validation;
    private final ArrayDeque<Future<List<EncodedDialogue>>> underWay = new ArrayDeque<>();
    /** Dialogues of the current source that were left out. */
    private long excluded;

    private DatasetBuild(
            DialogueEncoder encoder,
            DatasetOptions options,
            double validationShare,
            DatasetWriter training,
            DatasetWriter validation) {
        this.encoder = encoder;
        this.options = options;
        this.validationShare = validationShare;
        this.training = training;
        this.validation = validation;
    }

    static TokenizedDataset whole(
            List<DialogueSource> sources, Tokenizer tokenizer, EncodingOptions encoding, DatasetOptions options) {
        var writer = new DatasetWriter(options.folder(), tokenizer.vocabularySize());
        try {
            new DatasetBuild(new DialogueEncoder(tokenizer, encoding), options, 0, writer, writer).read(sources);
            writer.requireRows();
            return writer.finish(tokenizer.eosTokenId());
        } catch (RuntimeException | Error e) {
            writer.close();
            throw e;
        }
    }

    static DatasetSplit split(
            List<DialogueSource> sources,
            double validationShare,
            Tokenizer tokenizer,
            EncodingOptions encoding,
            DatasetOptions options) {
        if (!(validationShare > 0 && validationShare < 1)) {
            throw new IllegalArgumentException(
                    "the validation share is " + validationShare + ", expected above 0 and below 1");
        }
        var training = new DatasetWriter(options.folder(), tokenizer.vocabularySize());
        var validation = new DatasetWriter(options.folder(), tokenizer.vocabularySize());
        try {
            new DatasetBuild(new DialogueEncoder(tokenizer, encoding), options, validationShare, training, validation)
                    .read(sources);
            training.requireRows();
            int eos = tokenizer.eosTokenId();
            if (validation.isEmpty()) {
                validation.close();
                return new DatasetSplit(training.finish(eos), Optional.empty());
            }
            return new DatasetSplit(training.finish(eos), Optional.of(validation.finish(eos)));
        } catch (RuntimeException | Error e) {
            training.close();
            validation.close();
            throw e;
        }
    }

    private void read(List<DialogueSource> sources) {
        var factory = Thread.ofPlatform().daemon().name("confab-tokenize-", 0).factory();
        ExecutorService threads = Executors.newFixedThreadPool(options.threads(), factory);
        try {
            for (DialogueSource source : sources) {
                read(source, threads);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void read(DialogueSource source, ExecutorService threads) {
        Progress progress = options.progress();
        excluded = 0;
        progress.started(source.path().getFileName().toString(), size(source.path()));
        try (var reader = DialogueReader.open(source, options.brokenLines(), options.listener(), progress)) {
            for (List<Dialogue> chunk = chunk(reader); !chunk.isEmpty(); chunk = chunk(reader)) {
                List<Dialogue> dialogues = chunk;
                underWay.add(threads.submit(() -> encode(dialogues)));
                if (underWay.size() > 2 * options.threads()) {
                    write(underWay.remove());
                }
            }
            while (!underWay.isEmpty()) {
                write(underWay.remove());
            }
            training.endSource(source, reader.brokenLines(), excluded);
            if (validation != training) {
                validation.endSource(source, 0, 0);
            }
        } finally {
            progress.finished();
        }
    }

    /** The next dialogues of a file, not too many characters together; none at the end. */
    private List<Dialogue> chunk(DialogueReader reader) {
        var chunk = new ArrayList<Dialogue>();
        int characters = 0;
        while (chunk.size() < CHUNK_DIALOGUES && characters < CHUNK_CHARACTERS) {
            @Nullable Dialogue dialogue = reader.next();
            if (dialogue == null) {
                break;
            }
            if (isExcluded(dialogue)) {
                excluded++;
                continue;
            }
            chunk.add(dialogue);
            characters += dialogue.turns().stream()
                    .mapToInt(turn -> turn.text().length())
                    .sum();
        }
        return chunk;
    }

    private boolean isExcluded(Dialogue dialogue) {
        return options.exclude()
                .map(pattern -> pattern.matcher(
                                dialogue.turns().stream().map(Turn::text).collect(Collectors.joining("\n")))
                        .find())
                .orElse(false);
    }

    private List<EncodedDialogue> encode(List<Dialogue> dialogues) {
        return dialogues.stream()
                .map(dialogue -> new EncodedDialogue(
                        dialogue.turns().size(), dialogue.share() < validationShare, encoder.encode(dialogue)))
                .toList();
    }

    private void write(Future<List<EncodedDialogue>> encoded) {
        try {
            for (EncodedDialogue dialogue : encoded.get()) {
                (dialogue.forValidation() ? validation : training).add(dialogue.turns(), dialogue.rows());
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("tokenizing failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DataException("reading the data was interrupted", e);
        }
    }

    private static long size(Path path) {
        try {
            return Files.size(path);
        } catch (IOException e) {
            throw new DataException(path + ": cannot be read; is there such a file? (" + e + ")", e);
        }
    }

    /** A dialogue that awaits its turn to be written. */
    private record EncodedDialogue(int turns, boolean forValidation, List<EncodedExample> rows) {}
}
