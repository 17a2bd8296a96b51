package dev.confab.engine.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConnectionsTest {
    private static final URI HUB = URI.create("https://huggingface.co/a/b/resolve/main/c");

    @Test
    void aRedirectMayBeRelativeOrLeadElsewhere() {
        assertThat(Connections.target(HUB, "/x/b/resolve/main/c"))
                .isEqualTo(URI.create("https://huggingface.co/x/b/resolve/main/c"));
        assertThat(Connections.target(HUB, "https://cdn.example/c?sign=1"))
                .isEqualTo(URI.create("https://cdn.example/c?sign=1"));
        assertThat(Connections.target(URI.create("http://mirror.example/c"), "http://cdn.example/c"))
                .isEqualTo(URI.create("http://cdn.example/c"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "http://cdn.example/secret", "file:///secret", "mailto:secret", "https:secret", "a secret"})
    void aRedirectOffTheEncryptedWebIsRefusedUnseen(String location) {
        assertThatThrownBy(() -> Connections.target(HUB, location))
                .isInstanceOf(HubException.class)
                .hasMessageStartingWith("huggingface.co redirects to")
                .hasMessageNotContaining("secret");
    }
}
