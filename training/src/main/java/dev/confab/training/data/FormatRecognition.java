package dev.confab.training.data;

import dev.confab.engine.hub.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/** Tells formats apart by a file's name and how its content begins. */
final class FormatRecognition {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int START_BYTES = 1 << 16;
    private static final int LINES = 20;
    private static final int QUOTED = 60;

    private FormatRecognition() {}

    static DialogueFormat recognise(Path path) {
        String name =
                String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
        if (name.endsWith(".tsv")) {
            return DialogueFormat.DIALOGPT_TSV;
        }
        if (name.endsWith(".csv")) {
            return DialogueFormat.CSV;
        }
        List<String> lines = firstLines(path);
        DialogueFormat format = lines.isEmpty() ? null : recognise(path, lines);
        if (format == null) {
            throw new DataException(path + ": the format is not recognised; "
                    + (lines.isEmpty() ? "the file is empty" : "it begins with '" + shortened(lines.getFirst()) + "'")
                    + "; name its format, one of " + DialogueFormat.optionNames());
        }
        return format;
    }

    private static @Nullable DialogueFormat recognise(Path path, List<String> lines) {
        if (lines.getFirst().startsWith("{")) {
            return recogniseJson(path);
        }
        if (lines.stream().anyMatch(line -> WhatsAppLine.parse(line) != null)) {
            return DialogueFormat.WHATSAPP;
        }
        return lines.getFirst().split("\t", -1).length == 2 ? DialogueFormat.DIALOGPT_TSV : null;
    }

    /** Reads the first JSON object as far as is needed, which is far where Telegram lists a person's contacts first. */
    private static @Nullable DialogueFormat recogniseJson(Path path) {
        try (InputStream in = DialogueReader.content(path, Progress.NONE);
                JsonParser parser = JSON.createParser(in)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String field = parser.currentName();
                parser.nextToken();
                switch (field) {
                    case "turns" -> {
                        return DialogueFormat.JSON_LINES;
                    }
                    case "chats", "left_chats" -> {
                        return DialogueFormat.TELEGRAM;
                    }
                    case "messages" -> {
                        return hasRoles(parser) ? DialogueFormat.CHAT_JSON_LINES : DialogueFormat.TELEGRAM;
                    }
                    default -> parser.skipChildren();
                }
            }
            return null;
        } catch (JacksonException e) {
            return null;
        } catch (IOException e) {
            throw new DataException(path + ": cannot be read: " + e, e);
        }
    }

    /** Whether the first message in a list has a role. */
    private static boolean hasRoles(JsonParser parser) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return false;
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            if (parser.currentName().equals("role")) {
                return true;
            }
            parser.nextToken();
            parser.skipChildren();
        }
        return false;
    }

    private static List<String> firstLines(Path path) {
        try (InputStream in = DialogueReader.content(path, Progress.NONE)) {
            String start = new String(in.readNBytes(START_BYTES), StandardCharsets.UTF_8);
            return start.lines()
                    .map(line -> (line.startsWith("\uFEFF") ? line.substring(1) : line).stripLeading())
                    .filter(line -> !line.isBlank())
                    .limit(LINES)
                    .toList();
        } catch (IOException e) {
            throw new DataException(path + ": cannot be read: " + e, e);
        }
    }

    private static String shortened(String line) {
        String printable = line.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= QUOTED ? printable : printable.substring(0, QUOTED) + "...";
    }
}
