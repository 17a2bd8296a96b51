package dev.confab.engine.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HubOptionsTest {
    @Test
    void anEmptyEnvironmentMeansTheHubAndTheHomeFolder() {
        HubOptions options = HubOptions.fromEnvironment(Map.of("HOME", "/home/ada"));
        assertThat(options.endpoint()).isEqualTo(URI.create("https://huggingface.co"));
        assertThat(options.cacheFolder()).isEqualTo(Path.of("/home/ada/.cache/huggingface/hub"));
        assertThat(options.token()).isNull();
        assertThat(options.offline()).isFalse();
    }

    @Test
    void theNearestVariableNamesTheCache() {
        assertThat(cache(Map.of("XDG_CACHE_HOME", "/x"))).isEqualTo(Path.of("/x/huggingface/hub"));
        assertThat(cache(Map.of("XDG_CACHE_HOME", "/x", "HF_HOME", "/h"))).isEqualTo(Path.of("/h/hub"));
        assertThat(cache(Map.of("HF_HOME", "/h", "HUGGINGFACE_HUB_CACHE", "/old")))
                .isEqualTo(Path.of("/old"));
        assertThat(cache(Map.of("HF_HOME", "/h", "HF_HUB_CACHE", "/c"))).isEqualTo(Path.of("/c"));
        assertThat(cache(Map.of("HF_HOME", "/h", "HF_HUB_CACHE", ""))).isEqualTo(Path.of("/h/hub"));
        assertThat(cache(Map.of("HF_HOME", "~/models", "HOME", "/home/ada")))
                .isEqualTo(Path.of("/home/ada/models/hub"));
    }

    private static Path cache(Map<String, String> environment) {
        return HubOptions.fromEnvironment(environment).cacheFolder();
    }

    @ParameterizedTest
    @CsvSource({"1, true", "true, true", "YES, true", "on, true", "0, false", "false, false", "'', false"})
    void offlineIsSaidInSeveralWays(String value, boolean offline) {
        assertThat(HubOptions.fromEnvironment(Map.of("HF_HUB_OFFLINE", value)).offline())
                .isEqualTo(offline);
        assertThat(HubOptions.fromEnvironment(Map.of("TRANSFORMERS_OFFLINE", value))
                        .offline())
                .isEqualTo(offline);
    }

    @Test
    void theTokenComesFromTheVariableElseFromTheFile(@TempDir Path home) throws IOException {
        Files.writeString(home.resolve("token"), "hf_file\n");
        Path other = Files.writeString(home.resolve("other"), "hf_other");
        String folder = home.toString();

        assertThat(token(Map.of("HF_HOME", folder))).isEqualTo("hf_file");
        assertThat(token(Map.of("HF_HOME", folder, "HF_TOKEN_PATH", other.toString())))
                .isEqualTo("hf_other");
        assertThat(token(Map.of("HF_HOME", folder, "HF_TOKEN", " hf_variable ")))
                .isEqualTo("hf_variable");
        assertThat(token(Map.of("HF_HOME", folder, "HF_HUB_DISABLE_IMPLICIT_TOKEN", "1")))
                .isNull();
    }

    private static @Nullable String token(Map<String, String> environment) {
        return HubOptions.fromEnvironment(environment).token();
    }

    @Test
    void theTokenIsNeverShown() {
        assertThat(HubOptions.fromEnvironment(Map.of("HF_TOKEN", TestHub.SECRET)))
                .asString()
                .doesNotContain(TestHub.SECRET)
                .contains("token=set");
        assertThatThrownBy(() -> HubOptions.fromEnvironment(Map.of("HF_TOKEN", "secret\nX-Other: header")))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("HF_TOKEN")
                .hasMessageNotContaining("secret");
    }

    @Test
    void anEndpointMayEndWithASlashAndHaveAPath() {
        assertThat(HubOptions.fromEnvironment(Map.of("HF_ENDPOINT", "http://mirror.example:81/hf/"))
                        .endpoint())
                .isEqualTo(URI.create("http://mirror.example:81/hf"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"huggingface.co", "ftp://host", "http://", "http://a b"})
    void anEndpointThatIsNoWebAddressIsRefused(String endpoint) {
        assertThatThrownBy(() -> HubOptions.fromEnvironment(Map.of("HF_ENDPOINT", endpoint)))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("HF_ENDPOINT is '");
    }
}
