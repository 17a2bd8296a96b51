package dev.confab.server.openai;

import dev.confab.engine.LanguageModel;
import dev.confab.engine.error.ConfabException;
import dev.confab.engine.generation.GenerationConfig;
import dev.confab.engine.generation.GenerationException;
import dev.confab.engine.generation.OverloadedException;
import dev.confab.server.AwaitedModel;
import dev.confab.server.ReplyMeter;
import dev.confab.server.ServerOptions;
import dev.confab.server.access.ClientConnection;
import dev.confab.server.access.Gate;
import dev.confab.server.access.RefusedException;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.node.ObjectNode;

/** The addresses below {@code /v1}. Usable from any thread. */
public final class OpenAiRoutes {
    private static final Logger LOGGER = System.getLogger(OpenAiRoutes.class.getName());
    private static final String DONE = "[DONE]";
    /** What nginx calls a request whose client went away. */
    private static final int CLIENT_GONE = 499;

    private final AwaitedModel model;
    private final ServerOptions options;
    private final Gate gate;
    private final Clients clients;
    private final ApiFilters filters;
    private final ReplyMeter meter;
    private final long created = Instant.now().getEpochSecond();

    /** Routes to a model. */
    public OpenAiRoutes(AwaitedModel model, ServerOptions options, Gate gate, Clients clients, ReplyMeter meter) {
        this.model = model;
        this.filters = new ApiFilters(options.apiFilters(), meter);
        this.meter = meter;
        this.options = options;
        this.gate = gate;
        this.clients = clients;
    }

    /** Adds the addresses to a web server. */
    public void addTo(JavalinConfig config) {
        config.routes.post("/v1/completions", guarded(context -> complete(context, false)));
        config.routes.post("/v1/chat/completions", guarded(context -> complete(context, true)));
        config.routes.get("/v1/models", guarded(this::models));
        config.routes.get("/v1/models/<model>", guarded(this::model));
        Handler unknown = guarded(context -> {
            throw ApiException.notFound(
                    "there is no " + context.method() + " " + context.path()
                            + "; this server has /v1/chat/completions, /v1/completions and /v1/models",
                    null,
                    "unknown_url");
        });
        config.routes.get("/v1/<path>", unknown);
        config.routes.post("/v1/<path>", unknown);
        config.routes.delete("/v1/<path>", unknown);
    }

    // --- what is generated

    private void complete(Context context, boolean chat) {
        String client = clients.require(context);
        gate.countRequest(client);
        var body = new Body(Json.body(context), options.input());
        requireModel(body);
        try (Gate.Pass pass = gate.enter(client)) {
            answer(context, body, model.await(), chat, pass);
        }
    }

    private void answer(Context context, Body body, AwaitedModel.Loaded loaded, boolean chat, Gate.Pass pass) {
        LanguageModel languageModel = loaded.bot().model();
        GenerationConfig defaults = loaded.bot().generationConfig();
        Duration time = options.traffic().replyTime();
        Task task = chat
                ? ChatRequest.read(body, languageModel, loaded.turns(), filters, defaults, time)
                : CompletionRequest.read(body, languageModel, defaults, time);
        var answers = new Answers(
                chat,
                (chat ? "chatcmpl-" : "cmpl-") + UUID.randomUUID().toString().replace("-", ""),
                Instant.now().getEpochSecond(),
                options.modelName(),
                task.sampling().topLogProbabilities() >= 0);
        var connection = ClientConnection.of(context);
        BooleanSupplier ended = () -> pass.cancelled() || connection.isClosed();
        var completer = new Completer(loaded, filters, meter);
        if (body.flag("stream")) {
            boolean usage =
                    body.json().path("stream_options").path("include_usage").asBoolean(false);
            stream(context, completer, task, answers, usage, ended);
        } else {
            Completer.Completion completion = completer.complete(task, Sink.NONE, ended);
            connection.settle(context);
            Json.send(context, answers.whole(completion.choices(), completion.usage(), completer::tokenText));
        }
        if (connection.isClosed()) {
            context.status(CLIENT_GONE); // nobody reads it, but the log and the metrics say it
        }
    }

    private static void stream(
            Context context, Completer completer, Task task, Answers answers, boolean usage, BooleanSupplier ended) {
        var events = new EventStream(context);
        try {
            if (answers.chat()) {
                for (int i = 0; i < task.choices(); i++) {
                    events.data(answers.beginning(i).toString());
                }
            }
            Sink sink = new Sink() {
                @Override
                public void text(int choice, String text, List<TokenScore> scores) {
                    events.data(answers.part(choice, text, scores, completer::tokenText)
                            .toString());
                }

                @Override
                public void waiting(int place) {
                    events.comment(place == 0 ? "begins" : "waiting, place " + place + " in line");
                }
            };
            Completer.Completion completion = completer.complete(task, sink, ended);
            for (Choice choice : completion.choices()) {
                events.data(answers.end(choice).toString());
            }
            if (usage) {
                events.data(answers.usage(completion.usage()).toString());
            }
            events.data(DONE);
        } catch (UncheckedIOException e) {
            LOGGER.log(Level.DEBUG, "a client went away", e);
        } catch (RuntimeException e) {
            events.data(Json.error(asApiException(e)).toString());
        }
    }

    private void requireModel(Body body) {
        String asked = body.json().path("model").asString("");
        if (asked.isEmpty()) {
            throw ApiException.invalid("model", "'model' is missing; this server has '" + options.modelName() + "'");
        }
        requireModel(asked);
    }

    private void requireModel(String asked) {
        if (!asked.equals(options.modelName())) {
            throw ApiException.notFound(
                    "there is no model '" + asked + "'; this server has '" + options.modelName() + "'",
                    "model",
                    "model_not_found");
        }
    }

    // --- what there is

    private void models(Context context) {
        clients.require(context);
        ObjectNode list = Json.object().put("object", "list");
        list.putArray("data").add(describeModel());
        Json.send(context, list);
    }

    private void model(Context context) {
        clients.require(context);
        requireModel(context.pathParam("model"));
        Json.send(context, describeModel());
    }

    private ObjectNode describeModel() {
        return Json.object()
                .put("id", options.modelName())
                .put("object", "model")
                .put("created", created)
                .put("owned_by", "confab");
    }

    // --- errors

    private static Handler guarded(Handler handler) {
        return context -> {
            try {
                handler.handle(context);
            } catch (RuntimeException e) {
                if (e instanceof RefusedException refused) {
                    context.header(
                            "Retry-After", String.valueOf(refused.retryAfter().toSeconds()));
                }
                ApiException error = asApiException(e);
                context.status(error.status());
                Json.send(context, Json.error(error));
            }
        };
    }

    private static ApiException asApiException(RuntimeException error) {
        String message = String.valueOf(error.getMessage());
        return switch (error) {
            case ApiException api -> api;
            case RefusedException refused ->
                refused.clientsFault()
                        ? ApiException.of(429, "rate_limit_error", message, "rate_limit_exceeded")
                        : ApiException.of(503, "server_error", message, "overloaded");
            case OverloadedException _ -> ApiException.of(503, "server_error", message, "overloaded");
            case GenerationException _ -> ApiException.of(400, "invalid_request_error", message, "invalid_value");
            case HttpResponseException http ->
                ApiException.of(http.getStatus(), "invalid_request_error", message, null);
            case ConfabException _ -> ApiException.of(503, "server_error", message, null);
            default -> {
                LOGGER.log(Level.ERROR, "a request failed", error);
                yield ApiException.of(
                        500, "server_error", "the request failed; the server's log says why", "internal_error");
            }
        };
    }
}
