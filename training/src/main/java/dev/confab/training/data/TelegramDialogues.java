package dev.confab.training.data;

import java.io.InputStream;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Telegram Desktop's {@code result.json}, of one chat ({@code messages} at the top) or of all ({@code chats.list}), read as
 * a stream. Counts only what a person has typed: no service message, no sticker or picture without a caption, and nothing
 * that was forwarded or made by an inline bot.
 */
final class TelegramDialogues implements DialogueParser {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(LONGEST_TEXT)
                    .build())
            .build();
    private static final Set<String> ABOVE_CHATS = Set.of("chats", "left_chats", "list");

    private final JsonParser parser;
    private final DialogueSource source;
    private final MessageGrouping grouping;
    private boolean inMessages;
    private boolean chatSeen;
    private long lastSeconds;

    TelegramDialogues(InputStream in, DialogueSource source) {
        parser = JSON.createParser(ObjectReadContext.empty(), in);
        this.source = source;
        grouping = new MessageGrouping(source);
    }

    @Override
    public @Nullable Dialogue next() throws BrokenLineException {
        while (inMessages || findMessages()) {
            Dialogue ended;
            if (parser.nextToken() == JsonToken.END_ARRAY) {
                inMessages = false;
                ended = grouping.end();
            } else {
                ended = read();
            }
            if (ended != null) {
                return ended;
            }
        }
        if (!chatSeen) {
            throw new DataException(source.path() + ": there is no list 'messages' in it; is it the result.json that"
                    + " Telegram Desktop exports as \"machine-readable JSON\"?");
        }
        grouping.checkBot();
        return null;
    }

    /** Goes to the next chat's messages; false at the end of the file. */
    private boolean findMessages() {
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (token != JsonToken.PROPERTY_NAME) {
                continue;
            }
            String name = parser.currentName();
            token = parser.nextToken();
            if (name.equals("messages") && token == JsonToken.START_ARRAY) {
                inMessages = true;
                chatSeen = true;
                return true;
            }
            if (!ABOVE_CHATS.contains(name)) {
                parser.skipChildren();
            }
        }
        return false;
    }

    private @Nullable Dialogue read() throws BrokenLineException {
        long line = parser.currentTokenLocation().getLineNr();
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            throw new BrokenLineException(line, "expected a message, a JSON object");
        }
        var message = new Message();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            message.take(field, parser);
        }
        String fault = message.fault();
        if (fault != null) {
            throw new BrokenLineException(line, fault);
        }
        if (!message.isSpoken()) {
            return null;
        }
        long pause = Math.max(0, message.seconds - lastSeconds);
        lastSeconds = message.seconds;
        return grouping.add(message.sender(), pause, message.text.toString().strip());
    }

    /** What is of interest in a message. */
    private static final class Message {
        private static final long NO_TIME = Long.MIN_VALUE;

        private final StringBuilder text = new StringBuilder();
        private boolean service;
        private boolean othersWords;
        private @Nullable String name;
        private @Nullable String id;
        private long seconds = NO_TIME;
        private boolean exactTime;
        private @Nullable String textFault;

        void take(String field, JsonParser parser) {
            boolean isNull = parser.currentToken() == JsonToken.VALUE_NULL;
            switch (field) {
                case "type" -> service = !"message".equals(parser.getValueAsString());
                case "from" -> name = parser.getValueAsString();
                case "from_id" -> id = parser.getValueAsString();
                case "date_unixtime" -> takeSeconds(parser.getValueAsLong(NO_TIME), true);
                case "date" -> takeSeconds(parse(parser.getValueAsString()), false);
                case "forwarded_from", "via_bot" -> othersWords |= !isNull;
                case "text" -> takeText(parser);
                default -> {}
            }
            parser.skipChildren();
        }

        /** What is wrong with it, null if nothing is. */
        @Nullable
        String fault() {
            if (service) {
                return null;
            }
            if (textFault != null) {
                return textFault;
            }
            if (seconds == NO_TIME) {
                return "the message has no date such as 2024-05-01T18:30:00";
            }
            return name == null && id == null ? "the message has no sender, neither 'from' nor 'from_id'" : null;
        }

        boolean isSpoken() {
            return !service && !othersWords && !text.toString().isBlank();
        }

        /** Who wrote it; accounts that were deleted have no name, exports before 2020 no ids. */
        MessageGrouping.Sender sender() {
            String known = name == null ? String.valueOf(id) : name;
            return new MessageGrouping.Sender(known, id == null ? known : id);
        }

        private void takeSeconds(long value, boolean exact) {
            if (value != NO_TIME && (exact || !exactTime)) {
                seconds = value;
                exactTime = exact;
            }
        }

        /** A text, or a list of texts and of objects for links, names, bold words and so on. */
        private void takeText(JsonParser parser) {
            if (parser.currentToken() == JsonToken.VALUE_STRING) {
                append(parser.getString());
                return;
            }
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                textFault = "the message's 'text' is neither a text nor a list";
                return;
            }
            for (JsonToken part = parser.nextToken(); part != JsonToken.END_ARRAY; part = parser.nextToken()) {
                if (part == JsonToken.VALUE_STRING) {
                    append(parser.getString());
                } else if (part == JsonToken.START_OBJECT) {
                    takePart(parser);
                } else {
                    parser.skipChildren();
                    textFault = "a part of the message's 'text' is neither a text nor an object";
                }
            }
        }

        private void takePart(JsonParser parser) {
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean wanted = parser.currentName().equals("text");
                if (parser.nextToken() == JsonToken.VALUE_STRING && wanted) {
                    append(parser.getString());
                }
                parser.skipChildren();
            }
        }

        private void append(String part) {
            if (text.length() + part.length() > LONGEST_TEXT) {
                textFault = "the message is longer than " + (LONGEST_TEXT >> 20) + " MiB";
            } else {
                text.append(part);
            }
        }

        private static long parse(@Nullable String date) {
            try {
                return date == null ? NO_TIME : LocalDateTime.parse(date).toEpochSecond(ZoneOffset.UTC);
            } catch (DateTimeException e) {
                return NO_TIME;
            }
        }
    }
}
