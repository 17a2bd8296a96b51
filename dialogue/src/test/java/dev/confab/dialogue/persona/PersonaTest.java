package dev.confab.dialogue.persona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.confab.dialogue.Chatbot;
import dev.confab.dialogue.Conversation;
import dev.confab.dialogue.Reply;
import dev.confab.dialogue.ReplySource;
import dev.confab.engine.Fixtures;
import dev.confab.engine.LanguageModel;
import dev.confab.engine.error.ConfabException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersonaTest {
    @TempDir
    Path folder;

    @Test
    void theShippedPersonasHaveFactsAndExamples() {
        assertThat(Persona.shipped()).hasSize(4).allSatisfy(name -> {
            Persona persona = Persona.shipped(name);
            assertThat(persona.facts()).hasSizeGreaterThanOrEqualTo(4);
            assertThat(persona.examples()).hasSizeGreaterThanOrEqualTo(5);
            assertThat(persona.description()).isNotBlank();
        });
    }

    @Test
    void aFileSaysWhoTheChatbotIs() throws Exception {
        Persona persona = read("""
                name: Bo
                facts: [I like tea.]
                style: I am brief.
                examples:
                  - user: Who are you?
                    chatbot: Bo.
                casting:
                  preamble: A talk with Bo.
                  chatbot: Bo
                """);

        assertThat(persona.exchanges())
                .containsExactly(
                        new Exchange("Tell me about yourself.", "I like tea. I am brief."),
                        new Exchange("Who are you?", "Bo."));
        assertThat(persona.casting()).contains(new Casting("A talk with Bo.", "Human", "Bo"));
        assertThat(read("{\"name\": \"Bo\", \"facts\": [\"I like tea.\"]}").facts())
                .containsExactly("I like tea.");
    }

    @Test
    void mistakesInAFileAreNamed() {
        assertRefused("facts: [I like tea.]", "'name' is missing");
        assertRefused("name: Bo\nfact: I like tea.", "unknown field 'fact'");
        assertRefused("name: Bo\nfacts: [1]", "the fact 1 is no text");
        assertRefused("name: Bo\nexamples: [{user: hi}]", "'chatbot' is missing");
        assertRefused("name: Bo\ncasting: {preamble: x, user: Bo, chatbot: Bo}", "give two that differ");
        assertRefused("- Bo", "found a ARRAY");
        assertRefused("name: [", "not valid YAML");
        assertThatThrownBy(() -> Persona.read(folder.resolve("none.yaml"))).hasMessageContaining("captain, gardener");
        assertThatThrownBy(() -> Persona.shipped("nobody")).hasMessageContaining("captain, gardener");
    }

    @Test
    void everyShippedPersonaIsAskedAboutItsFacts() throws Exception {
        try (LanguageModel model =
                LanguageModel.fromPretrained(Fixtures.model("tiny-a/st-f32").toString())) {
            List<PersonaAgreement.Answer> answers = PersonaAgreement.ask(model, true);

            assertThat(answers).hasSize(24);
            assertThat(answers).extracting(PersonaAgreement.Answer::persona).containsAll(Persona.shipped());
            assertThat(answers).allMatch(answer -> !answer.reply().isBlank());
            System.out.println("questions about personas: "
                    + answers.stream().filter(PersonaAgreement.Answer::agrees).count() + " of " + answers.size()
                    + " replies agree");
            assertThat(answers)
                    .as("what is asked in usual words is answered by the persona, whatever the model")
                    .filteredOn(PersonaAgreement.Answer::agrees)
                    .hasSizeGreaterThanOrEqualTo(22);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "what's your name | I'm Captain Mara. Welcome aboard!",
                "Hi! I had a long day. So, who are you? | I'm Captain Mara. Welcome aboard!",
                "WHAT DO YOU DO FOR A LIVING? | I was a ship's captain. Now I look after a lighthouse.",
                "Have you got a dog? | Aye, a parrot called Admiral. He swears worse than my crew did.",
                "what's your favorite food | Fish stew, with plenty of pepper.",
                "Where are you from? | I live in a lighthouse in Cornwall.",
            })
    void whatIsAskedForIsSaidInThePersonasOwnWords(String asked, String reply) {
        assertThat(Persona.shipped("captain").ownWords(asked)).first().isEqualTo(reply);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Where is my home?",
                "What is my name?",
                "What's her name?",
                "Do you know what his job is?",
                "What do you think of my job?",
                "Do you have a pen?",
                "Where do whales live?",
                "Where do you think I live?",
                "My name is Ada.",
                "I live in a lighthouse.",
                "I have two cats.",
                "Why do cats sleep so much?",
                "What colour is the sky?",
                "Who are you talking about?",
                "And yours?",
                "How do you make fish stew?",
                "Who was Ada Lovelace?",
                "Who made you so sad?",
                "Are you kidding?",
                "",
                "?",
                "{name}?",
            })
    void whatAsksForSomethingElseIsLeftToTheModel(String said) {
        assertThat(Persona.shipped())
                .allSatisfy(
                        name -> assertThat(Persona.shipped(name).ownWords(said)).isEmpty());
    }

    @Test
    void factsAnswerWhereNoExampleDoes() {
        Persona persona = Persona.ofFacts(
                "Bo", List.of("My name is Bo.", "I live in Bristol.", "I am a baker.", "I have a dog called Rex!"));

        assertThat(persona.ownWords("What is your name?")).containsExactly("My name is Bo.");
        assertThat(persona.ownWords("what's your job")).containsExactly("I am a baker.");
        assertThat(persona.ownWords("Any pets?")).containsExactly("I have a dog called Rex!");
        assertThat(persona.ownWords("Tell me about yourself."))
                .containsExactly("My name is Bo. I live in Bristol. I am a baker. I have a dog called Rex!");
        assertThat(persona.ownWords("How old are you?")).isEmpty();
    }

    @Test
    void aPersonaIsConsistentAndNeverGivesAFormerReplyAgain() {
        try (LanguageModel model = LanguageModel.fromPretrained(
                        Fixtures.model("tiny-a/st-f32").toString());
                Chatbot bot = Chatbot.builder()
                        .model(model)
                        .persona(Persona.shipped("captain"))
                        .build()) {
            Conversation conversation = bot.newConversation();

            Reply first = conversation.say("What's your name?");
            assertThat(first.source()).isEqualTo(ReplySource.PERSONA);
            assertThat(first.text()).isEqualTo("I'm Captain Mara. Welcome aboard!");
            assertThat(conversation.regenerate().text()).isEqualTo("My name is Mara.");
            assertThat(conversation.regenerate().source())
                    .as("nothing else is written down")
                    .isNotEqualTo(ReplySource.PERSONA);
            assertThat(conversation.say("Sorry, what was your name?").text()).contains("Mara");
            assertThat(conversation.say("What's your name again?").text()).contains("Mara");
        }
    }

    @Test
    void aModelThatKnowsNoTurnsReadsAScript() {
        try (LanguageModel model =
                LanguageModel.fromPretrained(Fixtures.model("tiny-a/st-f32").toString())) {
            Persona cast = Persona.ofExamples("AI", List.of(new Exchange("Hello?", "I am an AI.")))
                    .withCasting(Casting.of("A conversation with an AI."));
            Conversation conversation =
                    Chatbot.builder().model(model).persona(cast).build().newConversation();
            String script = "A conversation with an AI.\n\nHuman: Hello?\nAI: I am an AI.\nHuman: hi\nAI:";

            Reply reply = conversation.say("hi");

            assertThat(reply.promptTokens())
                    .isCloseTo(model.tokenizer().encode(script).length, within(6)); // lines are encoded one by one
            assertThat(reply.text()).doesNotContain("\n").doesNotStartWith(" ");
            assertThat(conversation.say("And you?").source()).isNotNull();
        }
    }

    @Test
    void aCastIsAScript() {
        Casting casting = Casting.of("The following is a conversation with an AI assistant.");

        assertThat(casting.userLine("Hello,\nwho are you?") + casting.chatbotLine("I am an AI.") + casting.cue())
                .isEqualTo("Human: Hello, who are you?\nAI: I am an AI.\nAI:");
    }

    private void assertRefused(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml)).isInstanceOf(ConfabException.class).hasMessageContaining(message);
    }

    private Persona read(String yaml) throws Exception {
        return Persona.read(Files.writeString(folder.resolve("persona.yaml"), yaml));
    }
}
