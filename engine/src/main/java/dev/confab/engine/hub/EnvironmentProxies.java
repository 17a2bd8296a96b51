package dev.confab.engine.hub;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The proxies that {@code HTTPS_PROXY}, {@code HTTP_PROXY}, {@code ALL_PROXY} and {@code NO_PROXY} name, in capitals or
 * small letters, as most command line programs understand them. Where none is named, Java's own settings hold
 * ({@code https.proxyHost}, {@code java.net.useSystemProxies}).
 */
final class EnvironmentProxies extends ProxySelector {
    private static final int DEFAULT_PORT = 80;

    private final Map<String, Proxy> byScheme;
    private final List<String> direct;

    private EnvironmentProxies(Map<String, Proxy> byScheme, List<String> direct) {
        this.byScheme = byScheme;
        this.direct = direct;
    }

    /**
     * The selector for an environment.
     *
     * @throws HubException where a variable is no address of a proxy
     */
    static ProxySelector of(Map<String, String> environment) {
        var byScheme = new HashMap<String, Proxy>();
        for (String scheme : List.of("http", "https")) {
            String named = variable(environment, scheme + "_proxy");
            String address = named.isEmpty() ? variable(environment, "all_proxy") : named;
            if (!address.isEmpty()) {
                byScheme.put(scheme, proxy(address));
            }
        }
        @Nullable ProxySelector ofJava = ProxySelector.getDefault();
        return byScheme.isEmpty() && ofJava != null
                ? ofJava
                : new EnvironmentProxies(
                        Map.copyOf(byScheme),
                        List.of(variable(environment, "no_proxy")
                                .toLowerCase(Locale.ROOT)
                                .split("[\\s,]+")));
    }

    @Override
    public List<Proxy> select(URI address) {
        String scheme = address.getScheme().toLowerCase(Locale.ROOT);
        String host = address.getHost().toLowerCase(Locale.ROOT);
        boolean isDirect = direct.stream().anyMatch(entry -> covers(entry, host));
        return List.of(isDirect ? Proxy.NO_PROXY : byScheme.getOrDefault(scheme, Proxy.NO_PROXY));
    }

    /** The failure reaches the caller anyway, and there is no second proxy to turn to. */
    @Override
    public void connectFailed(URI address, SocketAddress proxy, IOException failure) {}

    /** Whether a host is the entry, or below the domain that it names with or without a leading dot. */
    private static boolean covers(String entry, String host) {
        String domain = entry.startsWith(".") ? entry.substring(1) : entry;
        return !domain.isEmpty() && (domain.equals("*") || host.equals(domain) || host.endsWith("." + domain));
    }

    private static Proxy proxy(String text) {
        try {
            URI address = URI.create(text.contains("://") ? text : "http://" + text);
            if (address.getHost() != null && address.getScheme().startsWith("http")) {
                int port = address.getPort() < 0 ? DEFAULT_PORT : address.getPort();
                return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(address.getHost(), port));
            }
        } catch (IllegalArgumentException e) {
            throw notAProxy(e);
        }
        throw notAProxy(null);
    }

    /** The text stays out of the message: it may hold a password. */
    private static HubException notAProxy(@Nullable Exception cause) {
        return new HubException(
                "HTTPS_PROXY, HTTP_PROXY or ALL_PROXY is no address of a proxy, expected one such as http://proxy.example:3128",
                cause);
    }

    private static String variable(Map<String, String> environment, String name) {
        String value = environment.getOrDefault(name, "");
        return value.isBlank()
                ? environment.getOrDefault(name.toUpperCase(Locale.ROOT), "").strip()
                : value.strip();
    }
}
