package dev.confab.skills;

import dev.confab.engine.error.ConfabException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A skill that asks an HTTP endpoint which answers JSON.
 *
 * @param name what the skill is called
 * @param patterns regular expressions that mean it, with named groups
 * @param examples sentences that mean it, with slots
 * @param url the address, with a group's or slot's name in braces where its text belongs; not in the host
 * @param headers sent along; {@code ${NAME}} is taken from the environment
 * @param values JSON pointers into the answer, by the names that the reply calls them
 * @param answer what the chatbot says, with values, groups and slots in braces
 * @param notFound what it says where the endpoint answers 404, or a value is missing
 * @param cacheSeconds how long an answer is good for
 */
public record HttpSkillConfig(
        String name,
        List<String> patterns,
        List<String> examples,
        String url,
        Map<String, String> headers,
        Map<String, String> values,
        String answer,
        String notFound,
        int cacheSeconds) {
    /**
     * Copies and checks.
     *
     * @throws ConfabException if there is nothing that means the skill, the address is none, or a place in a template has
     *     no value
     */
    public HttpSkillConfig {
        patterns = List.copyOf(patterns);
        examples = List.copyOf(examples);
        headers = Map.copyOf(headers);
        values = Map.copyOf(values);
        String where = "skill '%s'".formatted(name);
        if (patterns.isEmpty() && examples.isEmpty()) {
            throw new ConfabException(where + " has neither patterns nor examples, expected what people say to ask it");
        }
        if (cacheSeconds < 0) {
            throw new ConfabException("%s: cache-seconds is %d, expected at least 0".formatted(where, cacheSeconds));
        }
        Set<String> said = Said.names(patterns, examples);
        requireAddress(url, where);
        new Template(url).require(said, where + ", url");
        Set<String> known =
                Stream.concat(said.stream(), values.keySet().stream()).collect(Collectors.toSet());
        new Template(answer).require(known, where + ", answer");
        new Template(notFound).require(said, where + ", not-found");
        values.forEach((value, pointer) -> {
            if (!pointer.startsWith("/")) {
                throw new ConfabException(
                        "%s: the value '%s' is at '%s', expected a JSON pointer such as /results/0/name"
                                .formatted(where, value, pointer));
            }
        });
    }

    /** What people say may not decide which host is asked. */
    private static void requireAddress(String url, String where) {
        try {
            URI address = URI.create(new Template(url).fill(name -> "x"));
            URI other = URI.create(new Template(url).fill(name -> "y"));
            boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
            if (web && address.getHost() != null && address.getRawAuthority().equals(other.getRawAuthority())) {
                return;
            }
        } catch (IllegalArgumentException e) {
            throw new ConfabException("%s: the url '%s' cannot be read: %s".formatted(where, url, e.getMessage()), e);
        }
        throw new ConfabException(
                "%s: the url '%s' is no address of a fixed host, expected one such as https://example.org/find?q={query}"
                        .formatted(where, url));
    }
}
