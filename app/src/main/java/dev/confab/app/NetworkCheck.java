package dev.confab.app;

import java.io.IOException;
import java.net.URI;
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
        if (!surroundings.variable("HF_HUB_OFFLINE", "0").matches("(?i)0|false|no|off")) {
            return Finding.good(
                    SUBJECT, "not looked at, as HF_HUB_OFFLINE is set: only models on this machine are used");
        }
        String endpoint = surroundings.variable("HF_ENDPOINT", "https://huggingface.co");
        String remedy = "point --model at a folder with the model's files, or HF_ENDPOINT at a mirror";
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint))
                    .HEAD()
                    .timeout(PATIENCE)
                    .build();
            int status = client.send(request, BodyHandlers.discarding()).statusCode();
            return status < 500
                    ? Finding.good(SUBJECT, endpoint + " answers")
                    : Finding.warning(SUBJECT, endpoint + " answers with status " + status, remedy);
        } catch (IOException | IllegalArgumentException e) {
            return Finding.warning(SUBJECT, endpoint + " cannot be reached (" + reason(e) + ")", remedy);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Finding.warning(SUBJECT, "not looked at: interrupted", "");
        }
    }

    private static String reason(Exception error) {
        return error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
    }
}
