package dev.confab.dialogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.dialogue.filter.FilterResult;
import dev.confab.dialogue.filter.TextFilter;
import dev.confab.dialogue.guard.Guards;
import dev.confab.dialogue.persona.Persona;
import dev.confab.dialogue.ranking.Proposal;
import dev.confab.dialogue.ranking.Ranker;
import dev.confab.dialogue.ranking.Ranking;
import dev.confab.dialogue.ranking.Variety;
import dev.confab.dialogue.skill.Skill;
import dev.confab.dialogue.skill.SkillException;
import dev.confab.dialogue.skill.SkillRequest;
import dev.confab.dialogue.skill.Skills;
import dev.confab.dialogue.skill.Triggers;
import dev.confab.engine.Fixtures;
import dev.confab.engine.LanguageModel;
import dev.confab.engine.ModelOptions;
import dev.confab.engine.error.ConfabException;
import dev.confab.engine.generation.GenerationConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplyingTest {
    private static final LanguageModel MODEL =
            LanguageModel.fromPretrained(Fixtures.model("tiny-a/st-f32").toString());
    private static final TextFilter BROKEN = text -> {
        throw new IllegalStateException("out of order");
    };

    private final List<Incident> incidents = new CopyOnWriteArrayList<>();

    @AfterAll
    static void closeTheModel() {
        MODEL.close();
    }

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
    void failuresOfFiltersEndInAReplyAndAnIncident() {
        Reply deaf = bot().inputFilter(BROKEN).build().newConversation().say("hi");
        Reply mute = bot().outputFilter(BROKEN).build().newConversation().say("hi");

        assertThat(List.of(deaf, mute)).allSatisfy(reply -> {
            assertThat(reply.source()).isEqualTo(ReplySource.FALLBACK);
            assertThat(reply.text()).isNotBlank();
        });
        assertThat(incidents).isNotEmpty().allMatch(incident -> incident.part() == Incident.Part.FILTER);
        assertThat(incidents.getFirst().message()).contains("out of order");
    }

    @Test
    void aModelThatFailsEndsInAReplyAndAnIncident() {
        LanguageModel gone =
                LanguageModel.fromPretrained(Fixtures.model("tiny-a/st-f32").toString());
        Conversation conversation =
                Chatbot.builder().model(gone).incidents(incidents::add).build().newConversation("talk");
        gone.close();

        Reply first = conversation.say("hi");
        Reply second = conversation.say("still there?");

        assertThat(first.source()).isEqualTo(ReplySource.FALLBACK);
        assertThat(first.text()).isNotBlank().isNotEqualTo(second.text());
        assertThat(texts(conversation)).hasSize(4);
        assertThat(incidents)
                .hasSize(2)
                .allMatch(incident -> incident.part() == Incident.Part.MODEL
                        && incident.conversation().equals("talk")
                        && incident.cause() != null);
    }

    @Test
    void aListenerThatFailsItselfCostsNobodyAReply() {
        Reply reply = bot().inputFilter(BROKEN)
                .incidents(incident -> {
                    throw new IllegalStateException("the log is full");
                })
                .build()
                .newConversation()
                .say("hi");

        assertThat(reply.text()).isNotBlank();
    }

    @Test
    void whenMemoryRunsOutSilentConversationsMakeRoom() {
        long enoughForOne = 128 * MODEL.model().keyValueBytesPerToken();
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
        assertThat(reply.promptTokens()).isGreaterThan(MODEL.tokenizer().encode("It is noon.").length);
    }

    @Test
    void aSkillThatFailsSaysSoAndTheOperatorHearsOfIt() {
        Reply reply = bot().skills(Skills.of(List.of(skill(request -> {
                    throw new SkillException("My watch has stopped.", "no clock", null);
                }))))
                .build()
                .newConversation()
                .say("what time is it");

        assertThat(reply.text()).isEqualTo("My watch has stopped.");
        assertThat(incidents).extracting(Incident::part).containsExactly(Incident.Part.SKILL);
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
    void aRankerThatFailsIsDoneWithout() {
        Reply reply = bot().candidates(4)
                .ranking(Ranking.of(new Variety(), 1).and(new Failing(), 1))
                .build()
                .newConversation()
                .say("hi");

        assertThat(reply.source()).isEqualTo(ReplySource.MODEL);
        assertThat(incidents).extracting(Incident::part).containsExactly(Incident.Part.RANKER);
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

    @Test
    void aConversationThatCannotBeSavedIsSaidAndReported(@TempDir Path folder) throws Exception {
        Conversation conversation = bot().build().newConversation("c1");
        conversation.say("hi");
        Path file = Files.createFile(folder.resolve("taken")).resolve("talk.json");

        assertThatThrownBy(() -> conversation.save(file))
                .isInstanceOf(ConfabException.class)
                .hasMessageContaining("cannot be written here");

        assertThat(incidents).singleElement().satisfies(incident -> {
            assertThat(incident.part()).isEqualTo(Incident.Part.STORE);
            assertThat(incident.conversation()).isEqualTo("c1");
            assertThat(incident.message()).contains("talk.json").doesNotContain("hi ");
        });
        assertThat(conversation.say("and now?").text()).isNotBlank();
    }

    @Test
    void aListenerThatFailsCostsNobodyTheReply() {
        Chatbot bot = bot().incidents(incident -> {
                    throw new IllegalStateException("no pager");
                })
                .inputFilter(BROKEN)
                .build();

        bot.report("c1", Incident.Part.STORE, "the database is away", null);

        assertThat(bot.newConversation().say("hi").source()).isEqualTo(ReplySource.FALLBACK);
    }

    private ChatbotBuilder bot() {
        return Chatbot.builder()
                .model(MODEL)
                .generation(GenerationConfig.builder()
                        .maxNewTokens(8)
                        .doSample(true)
                        .seed(3)
                        .build())
                .guards(Guards.defaults())
                .incidents(incidents::add);
    }

    private static List<String> texts(Conversation conversation) {
        return conversation.turns().stream().map(Turn::text).toList();
    }

    private static Skill skill(Function<SkillRequest, Optional<String>> answer) {
        return new Skill() {
            @Override
            public String name() {
                return "clock";
            }

            @Override
            public Triggers triggers() {
                return Triggers.of(List.of("what time is it"), List.of());
            }

            @Override
            public Optional<String> answer(SkillRequest request) {
                return answer.apply(request);
            }
        };
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

    private static final class Failing implements Ranker {
        @Override
        public String name() {
            return "failing";
        }

        @Override
        public double[] score(List<String> context, List<Proposal> proposals) {
            throw new IllegalStateException("no model");
        }
    }
}
