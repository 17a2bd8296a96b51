package dev.confab.dialogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.dialogue.filter.FilterResult;
import dev.confab.dialogue.persona.Persona;
import dev.confab.dialogue.ranking.Proposal;
import dev.confab.dialogue.ranking.Ranker;
import dev.confab.dialogue.ranking.Ranking;
import dev.confab.dialogue.ranking.Variety;
import dev.confab.dialogue.skill.Skills;
import dev.confab.engine.Fixtures;
import dev.confab.engine.LanguageModel;
import dev.confab.engine.ModelOptions;
import dev.confab.engine.generation.GenerationConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReplyingTest extends TinyChatbot {
    @Test
    void whatWasMaskedIsMaskedInMemoryToo() {
        Conversation conversation = bot().inputFilter(
                        text -> new FilterResult.Masked(text.replace("secret", "***"), "word list"))
                .build()
                .newConversation();

        Reply reply = conversation.say("my secret");

        assertThat(reply.source()).isEqualTo(ReplySource.MODEL);
        assertThat(conversation.turns().getFirst().text()).isEqualTo("my ***");
        assertThat(reply.interventions()).extracting(Intervention::toString).containsExactly("input masked: word list");
    }

    @Test
    void whatIsRefusedIsKeptFromTheModelAndFromTheTranscript() {
        Chatbot bot = bot().inputFilter(text -> text.contains("bomb")
                        ? new FilterResult.Refused("I won't talk about that.", "word list")
                        : FilterResult.passed())
                .build();
        Conversation conversation = bot.newConversation();

        Reply refusal = conversation.say("bomb");

        assertThat(refusal.text()).isEqualTo("I won't talk about that.");
        assertThat(refusal.source()).isEqualTo(ReplySource.FILTER);
        assertThat(conversation.transcript().toJson()).doesNotContain("bomb");
        assertThat(conversation.say("hi").promptTokens())
                .isEqualTo(bot.newConversation().say("hi").promptTokens());
    }

    @Test
    void anAnswerInPlaceOfTheModelsBelongsToTheConversation() {
        Conversation conversation = bot().inputFilter(text -> new FilterResult.Replaced("Please call 112.", "crisis"))
                .build()
                .newConversation();

        assertThat(conversation.say("help").effort()).isEqualTo(Effort.NONE);
        assertThat(texts(conversation)).containsExactly("help", "Please call 112.");
    }

    @Test
    void repliesAreFilteredBeforeAnybodySeesThem() {
        var seen = new StringBuilder();
        Conversation conversation = bot().outputFilter(
                        text -> new FilterResult.Masked("[" + text.length() + "]", "all"))
                .build()
                .newConversation();

        Reply reply = conversation.say("hi", seen::append);

        assertThat(reply.text()).matches("\\[\\d+]");
        assertThat(seen).hasToString(reply.text());
        assertThat(texts(conversation)).contains(reply.text());
    }

    @Test
    void aReplyThatIsRefusedAgainAndAgainEndsInAFallbackThatFits() {
        List<String> checked = new ArrayList<>();
        Conversation conversation = bot().outputFilter(text -> {
                    checked.add(text);
                    return new FilterResult.Retry("not nice");
                })
                .build()
                .newConversation();
        String previous = "";
        for (int i = 0; i < 6; i++) {
            Reply reply = conversation.say("Do you like music?");

            assertThat(reply.source()).isEqualTo(ReplySource.FALLBACK);
            assertThat(reply.effort().attempts()).isEqualTo(3);
            assertThat(reply.candidates()).hasSize(3).allMatch(Candidate::rejected);
            assertThat(reply.text()).isNotEqualTo(previous);
            previous = reply.text();
        }
        assertThat(checked).as("drafts that no guard had rejected").isNotEmpty();
        assertThat(incidents).isEmpty();
    }

    @Test
    void theSameQuestionNeverGetsTheSameReplyTwiceRunning() {
        Conversation conversation = bot().generation(
                        GenerationConfig.builder().maxNewTokens(1).build())
                .build()
                .newConversation();
        String previous = "";
        for (int i = 0; i < 20; i++) {
            String reply = conversation.say("hi").text();
            assertThat(reply).isNotBlank().isNotEqualTo(previous);
            previous = reply;
        }
    }

    @Test
    void whenMemoryRunsOutSilentConversationsMakeRoom() {
        long enoughForOne = 128 * model.model().keyValueBytesPerToken();
        try (LanguageModel narrow = LanguageModel.load(
                        Fixtures.model("tiny-a/st-f32").toString(),
                        ModelOptions.defaults().withKeyValueBytes(enoughForOne));
                Chatbot bot = Chatbot.builder()
                        .model(narrow)
                        .incidents(incidents::add)
                        .build()) {
            for (int i = 0; i < 20; i++) {
                assertThat(bot.newConversation()
                                .say("Tell me a long story, please. " + i)
                                .source())
                        .isEqualTo(ReplySource.MODEL);
            }
        }
        assertThat(incidents).isEmpty();
    }

    @Test
    void skillsAreAskedBeforeTheModelAndWhatTheySayIsRemembered() {
        Conversation conversation = bot().skills(Skills.of(List.of(skill(request -> Optional.of("It is noon.")))))
                .build()
                .newConversation();

        Reply answer = conversation.say("what time is it");
        Reply reply = conversation.say("thanks for that");

        assertThat(answer.source()).isEqualTo(ReplySource.SKILL);
        assertThat(answer.turn().details()).containsEntry(TurnDetail.SKILL, "clock");
        assertThat(reply.source()).isEqualTo(ReplySource.MODEL);
        assertThat(reply.promptTokens()).isGreaterThan(model.tokenizer().encode("It is noon.").length);
    }

    @Test
    void theCandidateWithTheHighestScoreIsGiven() {
        Conversation conversation = bot().candidates(8)
                .ranking(Ranking.of(new ShortestFirst(), 1).and(new Variety(), 0))
                .build()
                .newConversation();
        var seen = new StringBuilder();

        Reply reply = conversation.say("hi", seen::append);

        assertThat(reply.candidates()).hasSize(8);
        assertThat(reply.candidates().getFirst().text()).isEqualTo(reply.text());
        assertThat(reply.candidates())
                .filteredOn(candidate -> !candidate.rejected())
                .allMatch(candidate -> candidate.text().length() >= reply.text().length())
                .allMatch(candidate -> candidate.scores().keySet().equals(Set.of("shortness", "variety")));
        assertThat(seen).hasToString(reply.text());
    }

    @Test
    void aPersonaStandsBeforeAllTurnsAndIsNeverForgotten() {
        Persona persona = Persona.ofFacts("Bo", List.of("My name is Bo.", "I like tea."));
        Chatbot bot = bot().persona(persona).build();
        int own = bot().build().newConversation().say("hi").promptTokens();
        Conversation conversation = bot.newConversation();

        int with = conversation.say("hi").promptTokens();
        for (int i = 0; i < 60; i++) {
            Reply reply = conversation.say("And then? " + i);
            assertThat(reply.reusedTokens()).as("the persona is read once").isGreaterThanOrEqualTo(with - own);
        }
        conversation.use(conversation.settings().withoutPersona());
        conversation.reset();
        assertThat(conversation.say("hi").promptTokens()).isEqualTo(own);
    }

    @Test
    void partsOfAReplyJoinedAreTheReplyWhateverTheGuardsDo() {
        for (int seed = 0; seed < 60; seed++) {
            Conversation conversation = bot().generation(GenerationConfig.builder()
                            .doSample(true)
                            .temperature(0.3)
                            .seed(seed)
                            .build())
                    .build()
                    .newConversation();
            for (String said : List.of("hi", "Who was he?", "hi")) {
                var parts = new StringBuilder();
                Reply reply = conversation.say(said, parts::append);
                assertThat(parts).hasToString(reply.text());
            }
        }
    }

    @Test
    void aClosedChatbotSaysSo() {
        Chatbot bot = bot().build();
        Conversation conversation = bot.newConversation();
        bot.close();

        assertThatThrownBy(() -> conversation.say("hi"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> Chatbot.builder().build()).hasMessageContaining("needs a model");
    }

    private static final class ShortestFirst implements Ranker {
        @Override
        public String name() {
            return "shortness";
        }

        @Override
        public double[] score(List<String> context, List<Proposal> proposals) {
            return proposals.stream()
                    .mapToDouble(proposal -> -proposal.text().length())
                    .toArray();
        }
    }
}
