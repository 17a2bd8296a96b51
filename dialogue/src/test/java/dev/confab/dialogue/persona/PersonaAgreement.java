package dev.confab.dialogue.persona;

import dev.confab.dialogue.Chatbot;
import dev.confab.dialogue.Conversation;
import dev.confab.dialogue.Reply;
import dev.confab.dialogue.ReplySource;
import dev.confab.engine.LanguageModel;
import dev.confab.engine.generation.GenerationConfig;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Measures what a persona does: how many replies to questions about it agree with it, with the persona and without. The
 * most probable reply counts, each question in a conversation of its own, so that the figures are the same every time.
 *
 * <p>Run with the name or folder of a model.
 */
public final class PersonaAgreement {
    private PersonaAgreement() {}

    /**
     * A question, and what was replied.
     *
     * @param persona who was asked
     * @param source where the reply comes from
     * @param agrees whether the reply has one of the expected words
     */
    record Answer(String persona, String question, String reply, ReplySource source, boolean agrees) {}

    /** Prints all replies and the sums. */
    public static void main(String... arguments) throws IOException {
        try (LanguageModel model = LanguageModel.fromPretrained(arguments[0])) {
            for (boolean applied : List.of(false, true)) {
                List<Answer> answers = ask(model, applied);
                System.out.println(applied ? "with the persona" : "without a persona");
                answers.forEach(answer -> System.out.printf(
                        Locale.ROOT,
                        "  %s %-10s %-8s %-32s %s%n",
                        answer.agrees() ? "+" : "-",
                        answer.persona(),
                        answer.source().text(),
                        answer.question(),
                        answer.reply()));
                System.out.println(
                        "  " + answers.stream().filter(Answer::agrees).count() + " of " + answers.size());
            }
        }
    }

    static List<Answer> ask(LanguageModel model, boolean applied) throws IOException {
        List<Answer> answers = new ArrayList<>();
        GenerationConfig greedy = GenerationConfig.builder()
                .doSample(false)
                .maxNewTokens(30)
                .repetitionPenalty(1)
                .noRepeatNgramSize(0)
                .build();
        try (Chatbot bot = Chatbot.of(model, greedy)) {
            for (var entry : questions().properties()) {
                Persona persona = Persona.shipped(entry.getKey());
                for (JsonNode question : entry.getValue()) {
                    Conversation conversation = bot.newConversation();
                    conversation.use(applied ? conversation.settings().withPersona(persona) : conversation.settings());
                    String asked = question.get("ask").stringValue();
                    Reply reply = conversation.say(asked);
                    boolean agrees = agrees(reply.text(), question.get("expect"));
                    answers.add(new Answer(entry.getKey(), asked, reply.text(), reply.source(), agrees));
                    conversation.close();
                }
            }
        }
        return answers;
    }

    private static boolean agrees(String reply, JsonNode expected) {
        String words = reply.toLowerCase(Locale.ROOT);
        return expected.valueStream()
                .anyMatch(word -> Pattern.compile("\\b" + Pattern.quote(word.stringValue()) + "\\b")
                        .matcher(words)
                        .find());
    }

    private static JsonNode questions() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                PersonaAgreement.class.getResourceAsStream("questions.yaml"), "questions.yaml")) {
            return new YAMLMapper().readTree(in);
        }
    }
}
