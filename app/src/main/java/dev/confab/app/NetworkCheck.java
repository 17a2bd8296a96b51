package dev.confab.app;

import dev.confab.engine.hub.HubOptions;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Looks whether models can be fetched. */
final class NetworkCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String SUBJECT = "network";

    private final Surroundings surroundings;

    NetworkCheck(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    Finding finding() {
        HubOptions hub = HubOptions.fromEnvironment(surroundings.environment());
        if (hub.offline()) {
            return Finding.good(
                    SUBJECT, "not looked at, as HF_HUB_OFFLINE is set: only models on this machine are used");
        }
        String remedy = "point --model at a folder with the model's files, or HF_ENDPOINT at a mirror";
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            HttpRequest request = HttpRequest.newBuilder(hub.endpoint())
                    .HEAD()
                    .timeout(PATIENCE)
                    .build();
            int status = client.send(request, BodyHandlers.discarding()).statusCode();
            return status < 500
                    ? Finding.good(SUBJECT, hub.endpoint() + " answers")
                    : Finding.warning(SUBJECT, hub.endpoint() + " answers with status " + status, remedy);
        } catch (IOException | IllegalArgumentException e) {
            return Finding.warning(SUBJECT, hub.endpoint() + " cannot be reached (" + reason(e) + ")", remedy);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Finding.warning(SUBJECT, "not looked at: interrupted", "");
        }
    }

    private static String reason(Exception error) {
        return error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
    }
}
