package dev.confab.server.operator;

import dev.confab.server.store.RatedConversation;
import dev.confab.ui.conversation.Feedback;
import dev.confab.ui.conversation.StoredConversation;
import dev.confab.ui.conversation.StoredMessage;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A conversation in which someone rated a reply: what was said on the way to rated replies, and after them. */
final class ConversationPage {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm", Locale.ENGLISH);
    private static final String USER = "user:";

    private final ZoneId zone;
    private final HtmlWriter out = new HtmlWriter();
    private boolean marked;

    private ConversationPage(ZoneId zone) {
        this.zone = zone;
    }

    /** The content of the page. */
    static String of(RatedConversation rated, ZoneId zone) {
        return new ConversationPage(zone).write(rated);
    }

    private String write(RatedConversation rated) {
        StoredConversation conversation = rated.conversation();
        out.open("p").element("a", "Back to the overview", "href", "operator").close("p");
        out.element("h2", conversation.summary().title());
        out.element(
                "p",
                owner(rated.owner()) + ", begun " + time(conversation.summary().created()),
                "class",
                "quiet");
        out.open("ol", "class", "said");
        shown(conversation).forEach(this::message);
        out.close("ol");
        return out.toString();
    }

    /** Whoever was not logged in owns a conversation by a secret, which stays one. */
    private static String owner(String owner) {
        return owner.startsWith(USER) ? owner.substring(USER.length()) : "Someone who was not logged in";
    }

    private String time(Instant at) {
        return TIME.format(at.atZone(zone));
    }

    /** The branch that its owner sees, and all branches with a rated reply. */
    private static List<StoredMessage> shown(StoredConversation conversation) {
        Map<String, StoredMessage> known = new HashMap<>();
        conversation.messages().forEach(message -> known.put(message.id(), message));
        Set<StoredMessage> wanted = new HashSet<>(conversation.path());
        for (StoredMessage message : conversation.messages()) {
            if (message.feedback() != null) {
                for (StoredMessage on = message; on != null; on = known.get(on.parent())) {
                    wanted.add(on);
                }
            }
        }
        List<StoredMessage> shown = new ArrayList<>(conversation.messages());
        shown.removeIf(message -> !wanted.contains(message));
        return shown;
    }

    private void message(StoredMessage message) {
        boolean person = message.role() == StoredMessage.Role.USER;
        Feedback feedback = message.feedback();
        if (feedback != null && !marked) {
            marked = true;
            out.open("li", "class", person ? "person" : "chatbot", "id", "rated");
        } else {
            out.open("li", "class", person ? "person" : "chatbot");
        }
        out.open("p", "class", "quiet")
                .element("strong", person ? "Person" : "Chatbot")
                .text(" " + time(message.at()) + state(message))
                .close("p");
        out.element("div", message.text(), "class", "body");
        if (feedback != null) {
            out.open("p", "class", "feedback").element("strong", feedback.option());
            if (!feedback.comment().isEmpty()) {
                out.element("q", feedback.comment());
            }
            out.close("p");
        }
        out.close("li");
    }

    private static String state(StoredMessage message) {
        return switch (message.state()) {
            case DONE -> "";
            case RUNNING -> ", not complete";
            case STOPPED -> ", stopped";
            case FAILED -> ", failed";
        };
    }
}
