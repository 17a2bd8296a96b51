package dev.confab.skills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.dialogue.skill.SkillAnswer;
import dev.confab.dialogue.skill.SkillContext;
import dev.confab.engine.error.ConfabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpSkillTest {
    private static final SkillContext CONTEXT = SkillContext.ofSystem("1");

    @TempDir
    Path folder;

    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private final LocalService jokes = new LocalService(exchange -> {
        tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        boolean known = exchange.getRequestURI().getPath().startsWith("/jokes/cats");
        LocalService.send(
                exchange,
                exchange.getRequestURI().getPath().endsWith("dogs") ? 404 : 200,
                known ? "{\"jokes\":[{\"text\":\"Meow?\",\"rating\":4.5}]}" : "{\"jokes\":[]}");
    });

    @AfterEach
    void stop() {
        jokes.close();
    }

    @Test
    void anEndpointIsASkillByItsConfigurationAlone() throws IOException {
        assertThat(ask("Tell me a joke about cats!"))
                .contains(new SkillAnswer("jokes", "Here's one about cats: Meow? (4.5)", false));
        assertThat(ask("do you have a good joke on cats today")).isPresent();
        assertThat(jokes.requests()).containsOnly("/jokes/cats?max=1");
        assertThat(tokens).containsOnly("Bearer secret");
    }

    @Test
    void whatTheEndpointDoesNotKnowIsToldSo() throws IOException {
        var nothing = new SkillAnswer("jokes", "I know no joke about dogs.", false);

        assertThat(ask("tell me a joke about dogs")).contains(nothing);
        assertThat(ask("tell me a joke about birds"))
                .contains(new SkillAnswer("jokes", "I know no joke about birds.", false));
    }

    @Test
    void whatPeopleSayStaysInItsPlaceInTheAddress() throws IOException {
        ask("tell me a joke about ../admin?max=9&x=#é {topic}");

        assertThat(jokes.requests()).containsExactly("/jokes/..%2Fadmin%3Fmax%3D9%26x%3D%23%C3%A9%20%7Btopic%7D?max=1");
    }

    @Test
    void aVariableThatIsNotSetIsAnErrorAtTheStart() throws IOException {
        SkillsConfig config = SkillsConfig.read(file());

        assertThatThrownBy(() -> ConnectedSkills.open(config, Map.of()))
                .isInstanceOf(ConfabException.class)
                .hasMessage(
                        "skill 'jokes' needs the environment variable JOKES_TOKEN, which is not set; set it, or take"
                                + " the skill out");
    }

    private Optional<SkillAnswer> ask(String question) throws IOException {
        try (var connected = ConnectedSkills.open(SkillsConfig.read(file()), Map.of("JOKES_TOKEN", "secret"))) {
            return connected.skills().answer(question, CONTEXT);
        }
    }

    private Path file() throws IOException {
        return Files.writeString(folder.resolve("skills.yaml"), """
                http:
                  - name: jokes
                    patterns:
                      - tell me a joke about (?P<topic>.+)
                    examples:
                      - do you have a joke on {topic} today
                    url: %s/jokes/{topic}?max=1
                    headers:
                      Authorization: Bearer ${JOKES_TOKEN}
                    values:
                      joke: /jokes/0/text
                      rating: /jokes/0/rating
                    answer: "Here's one about {topic}: {joke} ({rating})"
                    not-found: I know no joke about {topic}.
                """.formatted(jokes.address()));
    }
}
