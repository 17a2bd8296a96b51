package dev.confab.engine.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EnvironmentProxiesTest {
    private static Proxy proxy(Map<String, String> environment, String address) {
        return EnvironmentProxies.of(environment).select(URI.create(address)).getFirst();
    }

    @Test
    void withoutVariablesJavasOwnSettingsHold() {
        assertThat(EnvironmentProxies.of(Map.of("HTTPS_PROXY", ""))).isSameAs(ProxySelector.getDefault());
    }

    @Test
    void eachSchemeHasItsProxy() {
        var environment = Map.of("https_proxy", "http://user:word@one.invalid:3128", "ALL_PROXY", "two.invalid");
        assertThat(proxy(environment, "https://huggingface.co/a").address())
                .isEqualTo(InetSocketAddress.createUnresolved("one.invalid", 3128));
        assertThat(proxy(environment, "http://mirror.example").address())
                .isEqualTo(InetSocketAddress.createUnresolved("two.invalid", 80));
        assertThat(proxy(Map.of("HTTP_PROXY", "http://one.invalid"), "https://huggingface.co"))
                .isEqualTo(Proxy.NO_PROXY);
    }

    @ParameterizedTest
    @CsvSource({
        "huggingface.co, true",
        "HuggingFace.co, true",
        ".huggingface.co, true",
        "'a.example, co', true",
        "*, true",
        "face.co, false",
        "cdn.huggingface.co, false",
        "'', false"
    })
    void hostsAndDomainsCanBeLeftOut(String leftOut, boolean direct) {
        var environment = Map.of("ALL_PROXY", "http://one.invalid", "NO_PROXY", leftOut);
        assertThat(proxy(environment, "https://huggingface.co").equals(Proxy.NO_PROXY))
                .isEqualTo(direct);
    }

    @ParameterizedTest
    @ValueSource(strings = {"socks5://secret.invalid", "http://secret word", "http://"})
    void whatIsNoProxyIsRefusedUnseen(String address) {
        assertThatThrownBy(() -> EnvironmentProxies.of(Map.of("HTTPS_PROXY", address)))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("HTTPS_PROXY")
                .hasMessageNotContaining("secret");
    }
}
