package dev.confab.training.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a data file looks like. Every format is UTF-8 and may be compressed with gzip. */
public enum DialogueFormat {
    /** A line is {@code {"turns": ["Hi!", "Hello."]}}; the second speaker is the bot. */
    JSON_LINES,
    /**
     * What DialoGPT was trained on: a line is {@code 0.0 Hi! EOS 1.0 Hello.<tab>1.0 How are you?}, the last speaker is the
     * bot. As there, a weight is only 0 or not: see {@link Turn#weight}.
     */
    DIALOGPT_TSV,
    /**
     * What chat models are fine-tuned on: a line is {@code {"messages": [{"role": "user", "content": "Hi!"}, {"role":
     * "assistant", "content": "Hello."}]}}. System, developer and tool messages are left out, since a dialogue has no
     * place for them; {@code "weight": 0} makes a message context.
     */
    CHAT_JSON_LINES,
    /** Rows of two columns, question and answer, split by commas or semicolons, with or without a header. */
    CSV,
    /** {@code result.json} of Telegram Desktop, of one chat or of all; see {@link ChatExport}. */
    TELEGRAM,
    /** The text that WhatsApp exports a chat as, on Android or iOS; see {@link ChatExport}. */
    WHATSAPP;

    /**
     * Recognises a file's format by its name and content.
     *
     * @throws DataException if it cannot be read, or looks like none of the formats
     */
    public static DialogueFormat of(Path path) {
        return FormatRecognition.recognise(path);
    }

    /**
     * The format of an {@linkplain #optionName() option's name}.
     *
     * @throws DataException if there is none
     */
    public static DialogueFormat named(String optionName) {
        return Arrays.stream(values())
                .filter(format -> format.optionName().equals(optionName))
                .findFirst()
                .orElseThrow(() -> new DataException(
                        "there is no data format '" + optionName + "'; expected one of " + optionNames()));
    }

    /** Its name on the command line and in configuration files: {@code json-lines}. */
    public String optionName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The names of all formats. */
    static List<String> optionNames() {
        return Arrays.stream(values()).map(DialogueFormat::optionName).toList();
    }

    /** Reads a source of this format; the stream is buffered and can be marked. */
    DialogueParser parser(DialogueSource source, InputStream in) throws IOException {
        return switch (this) {
            case JSON_LINES -> new DialogueLines(new LineReader(in), JsonDialogue::ofTurns);
            case DIALOGPT_TSV -> new DialogueLines(new LineReader(in), DialogptRow::parse);
            case CHAT_JSON_LINES -> new DialogueLines(new LineReader(in), JsonDialogue::ofMessages);
            case CSV -> CsvDialogues.open(in);
            case TELEGRAM -> new TelegramDialogues(in, source);
            case WHATSAPP -> new WhatsAppDialogues(new LineReader(in), source);
        };
    }
}
