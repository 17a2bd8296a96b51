package dev.confab.dialogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.dialogue.filter.TextFilter;
import dev.confab.dialogue.ranking.Proposal;
import dev.confab.dialogue.ranking.Ranker;
import dev.confab.dialogue.ranking.Ranking;
import dev.confab.dialogue.ranking.Variety;
import dev.confab.dialogue.skill.SkillException;
import dev.confab.dialogue.skill.Skills;
import dev.confab.engine.Fixtures;
import dev.confab.engine.LanguageModel;
import dev.confab.engine.error.ConfabException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever fails within, there is a reply, and the operator hears of it. */
class ReplyingDespiteFailuresTest extends TinyChatbot {
    private static final TextFilter BROKEN = text -> {
        throw new IllegalStateException("out of order");
    };

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
