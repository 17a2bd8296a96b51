package dev.confab.training.data;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** WhatsApp's exported chats: a message begins with its date, and goes on until the next one does. */
final class WhatsAppDialogues implements DialogueParser {
    private final LineReader lines;
    private final MessageGrouping grouping;
    private @Nullable WhatsAppLine message;
    private final StringBuilder text = new StringBuilder();
    private WhatsAppLine.@Nullable Time lastTime;
    private boolean ended;

    WhatsAppDialogues(LineReader lines, DialogueSource source) {
        this.lines = lines;
        grouping = new MessageGrouping(source);
    }

    @Override
    public @Nullable Dialogue next() throws IOException, BrokenLineException {
        while (!ended) {
            String line = lines.next();
            WhatsAppLine start = line == null ? null : WhatsAppLine.parse(line);
            if (line != null && start == null) {
                goOn(line);
                continue;
            }
            Dialogue dialogue = endMessage();
            message = start;
            text.append(start == null ? "" : start.text());
            ended = line == null;
            if (dialogue != null) {
                return dialogue;
            }
        }
        Dialogue last = grouping.end();
        if (last == null) {
            grouping.checkBot();
        }
        return last;
    }

    /** Adds a line to the message that it belongs to. */
    private void goOn(String line) throws BrokenLineException {
        if (message == null) {
            if (line.isBlank()) {
                return;
            }
            throw lines.fault("expected a message such as '31.12.23, 22:15 - Anna: Hi!'"
                    + " or '[12/31/23, 10:15:30 PM] Anna: Hi!'");
        }
        if (text.length() + line.length() > LONGEST_TEXT) {
            throw lines.fault("the message is longer than " + (LONGEST_TEXT >> 20) + " MiB");
        }
        if (message.sender() != null && !WhatsAppLine.isNotice(line)) {
            text.append('\n').append(WhatsAppLine.withoutMarks(line));
        }
    }

    private @Nullable Dialogue endMessage() {
        String said = text.toString().strip();
        text.setLength(0);
        if (message == null || message.sender() == null || said.isEmpty()) {
            return null;
        }
        long pause = lastTime == null ? 0 : message.time().since(lastTime);
        lastTime = message.time();
        return grouping.add(new MessageGrouping.Sender(message.sender(), message.sender()), pause, said);
    }
}
