package dev.confab.ui.http;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

final class PreloadingTest {
    @ParameterizedTest
    @FieldSource("dev.confab.ui.http.Preloading#CLASSES")
    void theWebServerHasTheClassesThatAreLoadedAhead(String name) {
        assertThatCode(() -> Class.forName(name)).doesNotThrowAnyException();
    }
}
