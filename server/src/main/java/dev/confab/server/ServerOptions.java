package dev.confab.server;

import dev.confab.dialogue.filter.FilterPolicy;
import dev.confab.engine.error.ConfabException;
import dev.confab.server.access.InputLimits;
import dev.confab.server.access.KeyRing;
import dev.confab.server.access.TrafficLimits;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where and for whom a chat server works. Begin with {@link #defaults}.
 *
 * @param host the address to listen at
 * @param port the one port to listen at, 0 for any free one; if empty, the first free one from 7860 on
 * @param modelName what the API calls the model
 * @param title the heading of the page
 * @param apiKeys who may use the API while it says that keys are needed; if empty, everybody
 * @param allowedOrigins sites such as {@code https://example.org} whose pages may use the server from a browser; no others
 * @param input the largest input
 * @param traffic how much is done for one client, and for all
 * @param sessions how many conversations the model remembers as far as memory allows
 * @param trustsProxy whether {@code X-Forwarded-For} names the client, as behind a proxy of one's own
 * @param apiFilters look at what comes in through the API and what goes out; those of the page are the chatbot's own
 */
public record ServerOptions(
        String host,
        OptionalInt port,
        String modelName,
        String title,
        Optional<KeyRing> apiKeys,
        List<String> allowedOrigins,
        InputLimits input,
        TrafficLimits traffic,
        int sessions,
        boolean trustsProxy,
        FilterPolicy apiFilters) {
    private static final int DEFAULT_SESSIONS = 1000;

    /**
     * Copies and checks.
     *
     * @throws ConfabException if a number is out of range
     */
    public ServerOptions {
        allowedOrigins = List.copyOf(allowedOrigins);
        if (port.isPresent() && (port.getAsInt() < 0 || port.getAsInt() > 65535)) {
            throw new ConfabException("the port is " + port.getAsInt() + ", expected 0 to 65535");
        }
        if (sessions < 1) {
            throw new ConfabException("sessions: " + sessions + "; choose at least 1");
        }
    }

    /** This machine alone, the first free port, no keys, no other sites, the limits' defaults. */
    public static ServerOptions defaults() {
        return new ServerOptions(
                "127.0.0.1",
                OptionalInt.empty(),
                "confab",
                "Confab",
                Optional.empty(),
                List.of(),
                InputLimits.defaults(),
                TrafficLimits.defaults(),
                DEFAULT_SESSIONS,
                false,
                FilterPolicy.none());
    }

    /** At another address and port. */
    public ServerOptions withAddress(String newHost, OptionalInt newPort) {
        return new ServerOptions(
                newHost,
                newPort,
                modelName,
                title,
                apiKeys,
                allowedOrigins,
                input,
                traffic,
                sessions,
                trustsProxy,
                apiFilters);
    }

    /** With other names for the model and for the page. */
    public ServerOptions withNames(String model, String page) {
        return new ServerOptions(
                host, port, model, page, apiKeys, allowedOrigins, input, traffic, sessions, trustsProxy, apiFilters);
    }

    /** For those alone who have a key. */
    public ServerOptions withApiKeys(KeyRing keys) {
        return new ServerOptions(
                host,
                port,
                modelName,
                title,
                Optional.of(keys),
                allowedOrigins,
                input,
                traffic,
                sessions,
                trustsProxy,
                apiFilters);
    }

    /** Open to the pages of some sites. */
    public ServerOptions withAllowedOrigins(List<String> origins) {
        return new ServerOptions(
                host, port, modelName, title, apiKeys, origins, input, traffic, sessions, trustsProxy, apiFilters);
    }

    /** With other limits. */
    public ServerOptions withLimits(InputLimits newInput, TrafficLimits newTraffic) {
        return new ServerOptions(
                host,
                port,
                modelName,
                title,
                apiKeys,
                allowedOrigins,
                newInput,
                newTraffic,
                sessions,
                trustsProxy,
                apiFilters);
    }

    /** With another number of conversations to remember. */
    public ServerOptions withSessions(int count) {
        return new ServerOptions(
                host, port, modelName, title, apiKeys, allowedOrigins, input, traffic, count, trustsProxy, apiFilters);
    }

    /** Behind a proxy, or not. */
    public ServerOptions withTrustedProxy(boolean trusted) {
        return new ServerOptions(
                host, port, modelName, title, apiKeys, allowedOrigins, input, traffic, sessions, trusted, apiFilters);
    }

    /** With filters on the API; with them a reply is shown when it is complete. */
    public ServerOptions withApiFilters(FilterPolicy filters) {
        return new ServerOptions(
                host, port, modelName, title, apiKeys, allowedOrigins, input, traffic, sessions, trustsProxy, filters);
    }
}
