package dev.confab.telegram.gif;

import dev.confab.engine.error.ConfabException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds GIFs at Giphy. It never fails and never takes long: where there is nothing, or Giphy does not answer in time, there
 * is no GIF, and the log says why, without the key and without what was asked for.
 *
 * <p>Whoever shows a GIF shows {@link #ATTRIBUTION} with it, as Giphy's terms ask.
 */
public final class Giphy {
    /** What stands with each GIF. */
    public static final String ATTRIBUTION = "Powered by GIPHY";

    /** Giphy's own address. */
    public static final String URL = "https://api.giphy.com";

    private static final Logger LOGGER = System.getLogger(Giphy.class.getName());
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Set<String> RATINGS = Set.of("g", "pg", "pg-13", "r");
    private static final int FOUND_AT_ONCE = 10;
    private static final int LONGEST_QUERY = 50;
    private static final long LONGEST_ANSWER = 2L << 20;

    private final HttpClient http;
    private final String key;
    private final URI url;
    private final String rating;
    private final Duration timeout;

    private Giphy(HttpClient http, String key, URI url, String rating, Duration timeout) {
        this.http = http;
        this.key = key;
        this.url = url;
        this.rating = rating;
        this.timeout = timeout;
    }

    /**
     * Giphy, with a key from developers.giphy.com; GIFs for everybody (rating g), within three seconds.
     *
     * @throws ConfabException if the key is blank
     */
    public static Giphy of(String key) {
        if (key.isBlank()) {
            throw new ConfabException("the GIPHY key is blank; leave it away, or get one at developers.giphy.com");
        }
        Duration timeout = Duration.ofSeconds(3);
        HttpClient http = HttpClient.newBuilder().connectTimeout(timeout).build();
        return new Giphy(http, key.strip(), URI.create(URL), "g", timeout);
    }

    /** The same at another address, such as a proxy. */
    public Giphy withUrl(URI address) {
        return new Giphy(http, key, address, rating, timeout);
    }

    /**
     * The same with another rating.
     *
     * @param name {@code g}, {@code pg}, {@code pg-13} or {@code r}
     * @throws ConfabException if there is none of this name
     */
    public Giphy withRating(String name) {
        if (!RATINGS.contains(name)) {
            throw new ConfabException("GIPHY has no rating '" + name + "'; choose g, pg, pg-13 or r");
        }
        return new Giphy(http, key, url, name, timeout);
    }

    /** The same with another time after which there is no GIF. */
    public Giphy withTimeout(Duration time) {
        return new Giphy(http, key, url, rating, time);
    }

    /** One of the GIFs for some words. */
    public Optional<Gif> search(String words, RandomGenerator random) {
        List<Gif> found = new ArrayList<>();
        for (JsonNode gif : data("/v1/gifs/search", "q", words, "limit=" + FOUND_AT_ONCE)) {
            read(gif).ifPresent(found::add);
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(random.nextInt(found.size())));
    }

    /**
     * The GIF that says the same as a text.
     *
     * @param weirdness how odd it may be, 0 to 10
     */
    public Optional<Gif> translate(String text, int weirdness) {
        return read(data("/v1/gifs/translate", "s", text, "weirdness=" + weirdness));
    }

    private JsonNode data(String path, String parameter, String text, String more) {
        String query = text.strip();
        query = query.substring(
                0, query.offsetByCodePoints(0, Math.min(query.codePointCount(0, query.length()), LONGEST_QUERY)));
        if (query.isEmpty()) {
            return JSON.missingNode();
        }
        URI request = URI.create(url.toString().replaceAll("/+$", "") + path + "?api_key=" + encoded(key) + "&"
                + parameter + "=" + encoded(query) + "&rating=" + rating + "&" + more);
        try {
            HttpResponse<byte[]> response = http.send(
                    HttpRequest.newBuilder(request).timeout(timeout).build(),
                    BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_ANSWER));
            if (response.statusCode() != 200) {
                LOGGER.log(
                        Level.WARNING,
                        "no GIF: " + url.getHost() + " answered " + response.statusCode()
                                + (response.statusCode() == 401 || response.statusCode() == 403
                                        ? "; is the key right?"
                                        : ""));
                return JSON.missingNode();
            }
            return JSON.readTree(response.body()).path("data");
        } catch (IOException | JacksonException e) {
            LOGGER.log(
                    Level.WARNING,
                    "no GIF: " + url.getHost() + ": " + e.getClass().getSimpleName());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return JSON.missingNode();
    }

    /** What Giphy says of one GIF; it says an empty list where it has none. */
    private Optional<Gif> read(JsonNode gif) {
        for (String size : List.of("fixed_height", "downsized", "original")) {
            JsonNode image = gif.path("images").path(size);
            for (String format : List.of("mp4", "url")) {
                String address = image.path(format).asString("");
                if (address.startsWith(url.getScheme() + "://")) {
                    return Optional.of(
                            new Gif(URI.create(address), gif.path("title").asString("")));
                }
            }
        }
        return Optional.empty();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "Giphy at " + url.getHost() + ", rating " + rating;
    }
}
