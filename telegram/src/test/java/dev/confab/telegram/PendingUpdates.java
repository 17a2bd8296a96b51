package dev.confab.telegram;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The updates that Telegram has for a bot: given out again until they are confirmed, to one asker at a time. */
final class PendingUpdates {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final TreeMap<Integer, JsonNode> pending = new TreeMap<>();
    private int nextUpdate = 1000;
    private int pollers;
    private int interruptions;
    private String webhook = "";
    private boolean closed;

    /** Something happens; returns the number of the update. */
    synchronized int add(String kind, ObjectNode content) {
        int id = nextUpdate++;
        pending.put(id, JSON.createObjectNode().put("update_id", id).set(kind, content));
        notifyAll();
        return id;
    }

    /** How many are not confirmed. */
    synchronized int size() {
        return pending.size();
    }

    /** Where updates are to be brought to; empty if they are asked for. */
    synchronized String webhook() {
        return webhook;
    }

    synchronized void setWebhook(String url) {
        webhook = url;
    }

    /** Whoever waits for updates gets those that there are, perhaps none. */
    synchronized void interrupt() {
        interruptions++;
        notifyAll();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Updates below the offset are confirmed and gone; the others are given out, again and again. */
    synchronized JsonNode get(Map<String, String> parameters) {
        if (!webhook.isEmpty()) {
            throw new RefusedCall(409, "Conflict: can't use getUpdates method while webhook is active");
        }
        int offset = Integer.parseInt(parameters.getOrDefault("offset", "0"));
        long end = System.nanoTime() + 1_000_000_000L * Integer.parseInt(parameters.getOrDefault("timeout", "0"));
        pending.headMap(offset).clear();
        int poller = ++pollers;
        int before = interruptions;
        notifyAll();
        while (pending.isEmpty()
                && System.nanoTime() < end
                && !closed
                && poller == pollers
                && before == interruptions) {
            try {
                wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
            } catch (InterruptedException _) {
                break;
            }
        }
        if (poller != pollers) {
            throw new RefusedCall(
                    409,
                    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running");
        }
        var given = JSON.createArrayNode();
        int limit = Integer.parseInt(parameters.getOrDefault("limit", "100"));
        pending.values().stream().limit(limit).forEach(given::add);
        return given;
    }
}
