package dev.confab.engine.hub;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where models come from, where they are kept, and how patient to be.
 *
 * @param endpoint the hub or a mirror of it, {@code http} or {@code https}, without a trailing slash
 * @param cacheFolder holds a folder for each model; made when first needed
 * @param token the access token for private and gated models, sent to the endpoint alone; null for none
 * @param offline whether to use nothing but the cache
 * @param proxies which proxy to go through, if any
 * @param timeout the longest wait for a connection, for an answer, and between two parts of a file
 * @param retryPause the pause before the first retry; it doubles with each further one, to 16 times at most
 */
public record HubOptions(
        URI endpoint,
        Path cacheFolder,
        @Nullable String token,
        boolean offline,
        ProxySelector proxies,
        Duration timeout,
        Duration retryPause) {

    private static final System.Logger LOG = System.getLogger(HubOptions.class.getName());
    private static final String DEFAULT_ENDPOINT = "https://huggingface.co";
    private static final Set<String> TRUE = Set.of("1", "TRUE", "YES", "ON");
    private static final Pattern TOKEN = Pattern.compile("[!-~]{1,4096}");
    private static final int MAX_TOKEN_FILE_BYTES = 8192;

    /**
     * Checks the endpoint, the token and the times.
     *
     * @throws IllegalArgumentException where a time is negative, or there is no time to wait at all
     * @throws HubException where the endpoint is no web address or the token has characters that no token has
     */
    public HubOptions {
        String scheme = endpoint.getScheme();
        boolean web = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
        if (!web || endpoint.getHost() == null) {
            throw new HubException(
                    "HF_ENDPOINT is '%s', expected an address such as %s".formatted(endpoint, DEFAULT_ENDPOINT));
        }
        if (!timeout.isPositive() || retryPause.isNegative()) {
            throw new IllegalArgumentException(
                    "timeout is %s, expected more than zero; retryPause is %s, expected zero or more"
                            .formatted(timeout, retryPause));
        }
        if (token != null && !TOKEN.matcher(token).matches()) {
            throw new HubException(
                    "the access token (HF_TOKEN, or the token file) has spaces, line ends or characters beyond ASCII; copy it again from %s/settings/tokens"
                            .formatted(endpoint));
        }
    }

    /**
     * What this process's environment says; see {@link #fromEnvironment(Map)}.
     *
     * @throws HubException where a variable has an impossible value
     */
    public static HubOptions fromEnvironment() {
        return fromEnvironment(System.getenv());
    }

    /**
     * What an environment says, by the same variables that Python's client reads: {@code HF_ENDPOINT},
     * {@code HF_HUB_CACHE} (else {@code HF_HOME}, else {@code XDG_CACHE_HOME}, else {@code ~/.cache}),
     * {@code HF_TOKEN} (else the file {@code HF_TOKEN_PATH} or {@code token} in {@code HF_HOME}),
     * {@code HF_HUB_OFFLINE}, {@code TRANSFORMERS_OFFLINE}, {@code HF_HUB_DISABLE_IMPLICIT_TOKEN}, and the proxies in
     * {@code HTTPS_PROXY}, {@code HTTP_PROXY}, {@code ALL_PROXY} and {@code NO_PROXY}, else those of Java's own
     * settings. An empty variable counts as absent.
     *
     * @throws HubException where a variable has an impossible value
     */
    public static HubOptions fromEnvironment(Map<String, String> environment) {
        var variables = new Variables(environment);
        Path home = variables.path(
                "HF_HOME",
                variables
                        .path("XDG_CACHE_HOME", variables.home().resolve(".cache"))
                        .resolve("huggingface"));
        Path cache = variables.path("HF_HUB_CACHE", variables.path("HUGGINGFACE_HUB_CACHE", home.resolve("hub")));
        return new HubOptions(
                endpoint(variables.text("HF_ENDPOINT", DEFAULT_ENDPOINT)),
                cache,
                token(variables, home),
                variables.isTrue("HF_HUB_OFFLINE") || variables.isTrue("TRANSFORMERS_OFFLINE"),
                EnvironmentProxies.of(environment),
                Duration.ofSeconds(30),
                Duration.ofSeconds(1));
    }

    /** The same with another endpoint. */
    public HubOptions withEndpoint(URI other) {
        return new HubOptions(other, cacheFolder, token, offline, proxies, timeout, retryPause);
    }

    /** The same with another cache folder. */
    public HubOptions withCacheFolder(Path other) {
        return new HubOptions(endpoint, other, token, offline, proxies, timeout, retryPause);
    }

    /** The same with another token, or with none. */
    public HubOptions withToken(@Nullable String other) {
        return new HubOptions(endpoint, cacheFolder, other, offline, proxies, timeout, retryPause);
    }

    /** The same with or without the network. */
    public HubOptions withOffline(boolean other) {
        return new HubOptions(endpoint, cacheFolder, token, other, proxies, timeout, retryPause);
    }

    /** The same through other proxies. */
    public HubOptions withProxies(ProxySelector other) {
        return new HubOptions(endpoint, cacheFolder, token, offline, other, timeout, retryPause);
    }

    /** The same with another longest wait. */
    public HubOptions withTimeout(Duration other) {
        return new HubOptions(endpoint, cacheFolder, token, offline, proxies, other, retryPause);
    }

    /** The same with another pause before the first retry. */
    public HubOptions withRetryPause(Duration other) {
        return new HubOptions(endpoint, cacheFolder, token, offline, proxies, timeout, other);
    }

    /** All options but the token's text. */
    @Override
    public String toString() {
        return "HubOptions[endpoint=%s, cacheFolder=%s, token=%s, offline=%s, timeout=%s, retryPause=%s]"
                .formatted(endpoint, cacheFolder, token == null ? "none" : "set", offline, timeout, retryPause);
    }

    private static URI endpoint(String text) {
        try {
            return new URI(text.strip().replaceFirst("/+$", ""));
        } catch (URISyntaxException e) {
            throw new HubException(
                    "HF_ENDPOINT is '%s', expected an address such as %s".formatted(text, DEFAULT_ENDPOINT), e);
        }
    }

    private static @Nullable String token(Variables variables, Path home) {
        if (variables.isTrue("HF_HUB_DISABLE_IMPLICIT_TOKEN")) {
            return null;
        }
        String given = variables
                .text("HF_TOKEN", variables.text("HUGGING_FACE_HUB_TOKEN", ""))
                .strip();
        if (!given.isEmpty()) {
            return given;
        }
        Path file = variables.path("HF_TOKEN_PATH", home.resolve("token"));
        if (!Files.isRegularFile(file)) {
            return null;
        }
        try (var in = Files.newInputStream(file)) {
            String kept = new String(in.readNBytes(MAX_TOKEN_FILE_BYTES), StandardCharsets.UTF_8).strip();
            return kept.isEmpty() ? null : kept;
        } catch (IOException e) {
            LOG.log(Level.WARNING, "{0} cannot be read ({1}); going on without an access token", file, e.getMessage());
            return null;
        }
    }

    /** An environment in which an empty variable counts as absent. */
    private record Variables(Map<String, String> environment) {
        String text(String name, String otherwise) {
            String value = environment.getOrDefault(name, "");
            return value.isBlank() ? otherwise : value;
        }

        boolean isTrue(String name) {
            return TRUE.contains(text(name, "").strip().toUpperCase(Locale.ROOT));
        }

        Path home() {
            return Path.of(text("HOME", System.getProperty("user.home")));
        }

        Path path(String name, Path otherwise) {
            String value = text(name, "");
            if (value.isEmpty()) {
                return otherwise;
            }
            boolean inHome = value.equals("~") || value.startsWith("~/");
            return inHome ? home().resolve(value.substring(Math.min(2, value.length()))) : Path.of(value);
        }
    }
}
