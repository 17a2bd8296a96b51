package dev.confab.app;

import dev.confab.training.data.BrokenLines;
import dev.confab.training.data.DialogueFormat;
import dev.confab.training.data.DialogueSource;
import dev.confab.training.data.EpochWeights;
import dev.confab.training.data.LossOn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code confab train} learns from. */
final class TrainingDataOptions {
    private static final JsonMapper JSON = JsonMapper.shared();

    @Option(
            names = "--data",
            paramLabel = "FILE[=WEIGHT[,..]]",
            description = "dialogues to learn from: JSON Lines, DialoGPT's TSV, chat JSON Lines, CSV, Telegram's"
                    + " result.json, WhatsApp's exported text, each also as .gz. WEIGHT is how often each dialogue is seen"
                    + " in an epoch, 1 if left out; 0.2 is a fifth of them; 1,0.2 is all of them in the first epoch and a fifth in"
                    + " those after it. Give the option several times for more files")
    List<String> data = List.of();

    @Option(
            names = "--validation",
            paramLabel = "FILE",
            description = "dialogues to measure on (default: a share of the data is put aside)")
    List<String> validation = List.of();

    @Option(
            names = "--validation-share",
            paramLabel = "SHARE",
            defaultValue = "0.02",
            description = "share of the dialogues that is put aside without --validation; 0 for none (default:"
                    + " ${DEFAULT-VALUE})")
    double validationShare;

    @Option(
            names = "--loss-on",
            paramLabel = "TURNS",
            description =
                    "all-turns, replies (all but the first) or bot-turns (default: all-turns for a new model, replies"
                            + " for one that is fine-tuned)")
    @Nullable
    String lossOn;

    @Option(
            names = "--reverse",
            description =
                    "train the model that ranks replies by what they may have answered (MMI): turns in reversed order")
    boolean reverse;

    @Option(
            names = "--broken-lines",
            paramLabel = "skip|fail",
            defaultValue = "skip",
            description = "what becomes of a line that cannot be understood (default: ${DEFAULT-VALUE})")
    String brokenLines = "skip";

    @Option(
            names = "--exclude",
            paramLabel = "REGEX",
            description = "leave out dialogues in which this is found; their turns are lines")
    @Nullable
    String exclude;

    @Option(
            names = "--bot-name",
            paramLabel = "NAME",
            description = "whose messages are the bot's, in an exported Telegram or WhatsApp chat")
    @Nullable
    String botName;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "json-lines, dialogpt-tsv, chat-json-lines, csv, telegram or whatsapp (default: recognised file by"
                            + " file)")
    @Nullable
    String format;

    List<DialogueSource> training() {
        List<String> files = list("--data", data);
        if (files.isEmpty()) {
            throw new UsageException("no data given; say --data FILE, such as --data dialogues.jsonl");
        }
        return files.stream().map(this::source).toList();
    }

    List<DialogueSource> validation() {
        return list("--validation", validation).stream().map(this::source).toList();
    }

    Optional<Pattern> exclude() {
        try {
            return Optional.ofNullable(exclude).map(Pattern::compile);
        } catch (PatternSyntaxException e) {
            throw new UsageException("--exclude " + exclude + ": " + e.getDescription() + " at " + e.getIndex());
        }
    }

    LossOn lossOn(LossOn otherwise) {
        return lossOn == null ? otherwise : Choices.of("--loss-on", lossOn, LossOn.class);
    }

    BrokenLines brokenLines() {
        return Choices.of("--broken-lines", brokenLines, BrokenLines.class);
    }

    /** A list in a configuration file arrives as one JSON text. */
    private static List<String> list(String option, List<String> values) {
        var all = new ArrayList<String>();
        for (String value : values) {
            if (value.startsWith("[")) {
                try {
                    for (JsonNode node : JSON.readTree(value)) {
                        all.add(node.asString());
                    }
                } catch (JacksonException e) {
                    throw new UsageException(option + ": " + value + " is no list of files");
                }
            } else {
                all.add(value);
            }
        }
        return all;
    }

    private DialogueSource source(String text) {
        int equals = text.lastIndexOf('=');
        if (equals < 0 || Files.exists(Path.of(text))) {
            return file(Path.of(text));
        }
        String weights = text.substring(equals + 1);
        DialogueSource file = file(Path.of(text.substring(0, equals)));
        try {
            return file.withWeights(EpochWeights.parse(weights));
        } catch (NumberFormatException e) {
            throw new UsageException(
                    "--data " + text + ": '" + weights + "' is no weight; expected a number such as 0.5,"
                            + " or one for each epoch with commas between them");
        } catch (IllegalArgumentException e) {
            throw new UsageException("--data " + text + ": " + e.getMessage());
        }
    }

    private DialogueSource file(Path path) {
        DialogueSource source =
                format == null ? DialogueSource.of(path) : new DialogueSource(path, DialogueFormat.named(format), 1);
        return botName == null
                ? source
                : source.withChatExport(source.chatExport().withBotName(botName));
    }
}
