package dev.confab.skills;

import dev.confab.engine.error.ConfabException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which skills a chatbot has.
 *
 * @param offline those without a network that are on: {@code clock}, {@code units}, {@code calculator}
 * @param network those with a network that are on: {@code weather}, {@code encyclopedia}, {@code dictionary},
 *     {@code exchange-rates}
 * @param place where the weather is meant if no place is named, or null
 * @param contact how services reach whoever runs the chatbot, such as an address of mail or a page, or null; Wikipedia may
 *     turn away who does not say
 * @param addresses where services are asked, for those that are not asked at their usual address: by the name of the
 *     skill, and {@code geocoding}, which finds the places for the weather
 * @param limits what a service may cost
 * @param http skills that ask HTTP endpoints
 * @param mcp servers whose tools are skills
 */
public record SkillsConfig(
        Set<String> offline,
        Set<String> network,
        @Nullable String place,
        @Nullable String contact,
        Map<String, URI> addresses,
        WebLimits limits,
        List<HttpSkillConfig> http,
        List<McpServerConfig> mcp) {
    private static final Set<String> OFFLINE = Set.of("clock", "units", "calculator");
    private static final Map<String, URI> SERVICES = Map.of(
            "geocoding", URI.create("https://geocoding-api.open-meteo.com"),
            "weather", URI.create("https://api.open-meteo.com"),
            "encyclopedia", URI.create("https://en.wikipedia.org"),
            "dictionary", URI.create("https://api.dictionaryapi.dev"),
            "exchange-rates", URI.create("https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml"));
    private static final Set<String> NETWORK = Set.of("weather", "encyclopedia", "dictionary", "exchange-rates");

    /**
     * Copies and checks.
     *
     * @throws ConfabException if a skill is unknown, or two have the same name
     */
    public SkillsConfig {
        offline = Set.copyOf(offline);
        network = Set.copyOf(network);
        addresses = Map.copyOf(addresses);
        http = List.copyOf(http);
        mcp = List.copyOf(mcp);
        if (contact != null && !contact.matches("[!-~&&[^()]]{1,200}")) {
            throw new ConfabException("the contact '%s' is no address; write one of mail, or of a page, without spaces"
                    .formatted(contact));
        }
        requireKnown("offline skill", offline, OFFLINE);
        requireKnown("network skill", network, NETWORK);
        requireKnown("service in addresses", addresses.keySet(), SERVICES.keySet());
        Set<String> names = new LinkedHashSet<>(offline);
        names.addAll(network);
        http.forEach(skill -> requireNew(names, skill.name()));
        mcp.forEach(server -> server.skills().forEach(skill -> requireNew(names, skill.name())));
    }

    /** The offline skills alone, which is what a chatbot has unless it is told otherwise. */
    public static SkillsConfig offlineOnly() {
        return new SkillsConfig(OFFLINE, Set.of(), null, null, Map.of(), WebLimits.DEFAULT, List.of(), List.of());
    }

    /**
     * Reads a YAML file.
     *
     * @throws ConfabException if it is missing, too large, no YAML, or says something that cannot be; the message names
     *     the place
     * @throws IOException if it cannot be read
     */
    public static SkillsConfig read(Path file) throws IOException {
        return SkillsFile.read(file);
    }

    /** The same skills with these of the network on, and no others of it. */
    public SkillsConfig withNetwork(Set<String> network) {
        return new SkillsConfig(offline, network, place, contact, addresses, limits, http, mcp);
    }

    /** Where a service is asked. */
    URI address(String service) {
        URI usual = Objects.requireNonNull(SERVICES.get(service), service);
        return addresses.getOrDefault(service, usual);
    }

    private static void requireKnown(String what, Set<String> found, Set<String> known) {
        for (String name : found) {
            if (!known.contains(name)) {
                throw new ConfabException("there is no %s '%s'; there are %s"
                        .formatted(what, name, known.stream().sorted().toList()));
            }
        }
    }

    private static void requireNew(Set<String> names, String name) {
        if (!names.add(name)) {
            throw new ConfabException("two skills are called '%s'; give one another name".formatted(name));
        }
    }
}
