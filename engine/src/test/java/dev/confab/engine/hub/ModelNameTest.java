package dev.confab.engine.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "microsoft/DialoGPT-medium", "a/b", "o_w.n-er/na.me_1", "_x/y_"})
    void aNameSurvivesItsFolder(String text) {
        ModelName name = ModelName.parse(text);
        assertThat(name.value()).isEqualTo(text);
        assertThat(ModelName.ofFolder(name.folder())).contains(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a--b/c", "a b", "-a/b", "a/b-", "a/..b", "ä/b", "a?b", "a/b\u0000"})
    void whatIsNoNameIsToldWhatANameIs(String text) {
        assertThatThrownBy(() -> ModelName.parse(text))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("OWNER/NAME");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "./model",
                "/srv/model",
                "~/model",
                "a/b/c",
                "models/",
                "C:\\model",
                "weights.bin",
                "src/weights.pkl"
            })
    void whatLooksLikeAPathIsToldThatNothingIsThere(String text) {
        assertThatThrownBy(() -> ModelName.parse(text))
                .isInstanceOf(HubException.class)
                .hasMessageStartingWith("no file or folder '" + text + "'");
    }

    @Test
    void whatMustBeANameIsNotTakenForAPath() {
        assertThatThrownBy(() -> ModelName.of("./model"))
                .isInstanceOf(HubException.class)
                .hasMessageStartingWith("'./model' is not a model's name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"datasets--a--b", "models--", ".locks", "models--..--x"})
    void aFolderOfAnotherKindIsNoModel(String folder) {
        assertThat(ModelName.ofFolder(folder)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "v1.0", "refs/pr/2", "feature/x-y", "0123456789abcdef0123456789abcdef01234567"})
    void revisionsAreBranchesTagsAndCommits(String text) {
        assertThatCode(() -> new Revision(text)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../main", "a/../b", "/main", "a//b", "a b", "a\\b", ".hidden"})
    void aRevisionThatCouldLeaveItsFolderIsRefused(String text) {
        assertThatThrownBy(() -> new Revision(text))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("is no revision");
    }
}
