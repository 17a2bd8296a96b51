package dev.confab.engine.hub;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;

/**
 * What was asked for when the hub refused, to say why and what to do about it.
 *
 * @param name the model
 * @param revision the revision, or the commit that it points at
 * @param file the file, or empty where the model as a whole was asked for
 */
record Refusal(ModelName name, String revision, String file) {
    private static final int MAX_MESSAGE = 200;

    /** The error for an answer that no retry can change. */
    HubException of(HttpResponse<?> response, HubOptions options) {
        HttpHeaders headers = response.headers();
        String code = headers.firstValue("X-Error-Code").orElse("");
        int status = response.statusCode();
        if (code.equals("GatedRepo")) {
            return new HubException(
                    "the model '%s' is gated: ask for access at %s/%s, then set HF_TOKEN to an access token of that account%s"
                            .formatted(name, options.endpoint(), name, said(headers)));
        }
        if (code.equals("RevisionNotFound")) {
            return new HubException("the model '%s' has no revision '%s'; see %s/%s/tree/main for its branches and tags"
                    .formatted(name, revision, options.endpoint(), name));
        }
        if (code.equals("EntryNotFound")) {
            return new HubException("the model '%s' has no file '%s' in revision %s".formatted(name, file, revision));
        }
        if (status == 401 || status == 403) {
            return new HubException(
                    "%s refuses access to '%s' (HTTP status %d): the name is misspelt, or the model is private; %s%s"
                            .formatted(
                                    options.endpoint(),
                                    name,
                                    status,
                                    options.token() == null
                                            ? "for a private model set HF_TOKEN"
                                            : "check that the access token in use (HF_TOKEN or the token file) is valid and may read it",
                                    said(headers)));
        }
        if (status == 404) {
            return new HubException(
                    "%s has no model '%s'%s, nor is there a folder of that name; check the spelling, and for a private model set HF_TOKEN"
                            .formatted(options.endpoint(), name, file.isEmpty() ? "" : " with a file '" + file + "'"));
        }
        return unexpected(response.uri(), status, headers);
    }

    private HubException unexpected(URI address, int status, HttpHeaders headers) {
        return new HubException(
                "%s answered a request for '%s' with HTTP status %d, expected 200%s; is HF_ENDPOINT a Hugging Face hub or a mirror of one?"
                        .formatted(address.getHost(), name, status, said(headers)));
    }

    /** The hub's own words, printable and not at length. */
    private static String said(HttpHeaders headers) {
        return headers.firstValue("X-Error-Message")
                .map(text -> text.replaceAll("\\p{Cntrl}", " "))
                .map(text -> " (" + text.substring(0, Math.min(text.length(), MAX_MESSAGE)) + ")")
                .orElse("");
    }
}
