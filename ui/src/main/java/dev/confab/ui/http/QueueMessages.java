package dev.confab.ui.http;

import dev.confab.ui.call.CallEvent;
import dev.confab.ui.conversation.Timings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Events of calls as messages of the protocol sse_v3. */
final class QueueMessages {
    static final String CLOSE_STREAM = "{\"msg\":\"close_stream\",\"event_id\":null}";
    static final String HEARTBEAT = "{\"msg\":\"heartbeat\",\"event_id\":null}";

    private QueueMessages() {}

    static ObjectNode of(String eventId, CallEvent event) {
        return switch (event) {
            case CallEvent.Waiting(int rank, int size, Duration expected) ->
                message("estimation", eventId)
                        .put("rank", rank)
                        .put("queue_size", size)
                        .put("rank_eta", seconds(expected));
            case CallEvent.Started(Duration expected) ->
                message("process_starts", eventId).put("eta", seconds(expected));
            case CallEvent.Values(var values) -> generating(eventId, values);
            case CallEvent.Changed(var edits) -> generating(eventId, edits);
            case CallEvent.Progress(Double fraction, String description) -> progress(eventId, fraction, description);
            case CallEvent.Note(String level, String text) -> note(eventId, level, text);
            case CallEvent.Completed completed -> completed(eventId, completed);
            case CallEvent.Failed failed -> failed(eventId, failed.message());
        };
    }

    private static ObjectNode message(String kind, String eventId) {
        return Json.object().put("msg", kind).put("event_id", eventId);
    }

    private static ObjectNode generating(String eventId, JsonNode data) {
        ObjectNode message = message("process_generating", eventId).put("success", true);
        message.putNull("time_limit");
        ObjectNode output = message.putObject("output");
        output.set("data", data);
        output.put("is_generating", true);
        return message;
    }

    private static ObjectNode progress(String eventId, @Nullable Double fraction, String description) {
        ObjectNode message = message("progress", eventId);
        ObjectNode unit = message.putArray("progress_data").addObject();
        unit.putNull("index").putNull("length").put("unit", "steps");
        unit.put("progress", fraction).put("desc", description);
        return message;
    }

    private static ObjectNode note(String eventId, String level, String text) {
        ObjectNode message = message("log", eventId).put("log", text).put("level", level);
        return message.put("duration", 10).put("visible", true).put("title", level);
    }

    private static ObjectNode completed(String eventId, CallEvent.Completed completed) {
        ObjectNode message = message("process_completed", eventId).put("success", true);
        message.putNull("title");
        message.set("output", output(completed));
        return message;
    }

    /** The result as an answer's body has it. */
    static ObjectNode output(CallEvent.Completed completed) {
        ObjectNode output = Json.object();
        output.set("data", completed.values());
        output.put("is_generating", false)
                .put("duration", seconds(completed.duration()))
                .put("average_duration", seconds(completed.average()));
        output.putNull("render_config");
        output.putArray("changed_state_ids");
        Timings timings = completed.timings();
        if (timings != null) {
            output.set("timings", ConversationJson.of(timings));
        }
        return output.put("cancelled", completed.cancelled());
    }

    private static ObjectNode failed(String eventId, String text) {
        ObjectNode message = message("process_completed", eventId).put("success", false);
        message.put("title", "Error");
        message.putObject("output").put("error", text).put("visible", true).put("duration", 10);
        return message;
    }

    private static @Nullable Double seconds(@Nullable Duration duration) {
        return duration == null ? null : duration.toNanos() / 1e9;
    }
}
