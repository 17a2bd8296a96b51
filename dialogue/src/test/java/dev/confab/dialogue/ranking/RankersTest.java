package dev.confab.dialogue.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.confab.dialogue.filter.ModelClassifier;
import dev.confab.engine.Fixtures;
import dev.confab.engine.LanguageModel;
import dev.confab.engine.SequenceClassifier;
import dev.confab.engine.checkpoint.Checkpoint;
import dev.confab.engine.checkpoint.CheckpointException;
import dev.confab.engine.checkpoint.DataType;
import dev.confab.engine.checkpoint.SafetensorsWriter;
import dev.confab.engine.checkpoint.StoredTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class RankersTest {
    private static final Path TINY = Fixtures.model("tiny-a/st-f32");

    @TempDir
    Path folder;

    @Test
    void likelihoodIsTheGeometricMeanOfProbabilities() {
        double[] scores = new Likelihood()
                .score(List.of("hi"), List.of(new Proposal("a", Math.log(0.25)), new Proposal("b", Double.NaN)));

        assertThat(scores).containsExactly(new double[] {0.25, 0}, within(1e-12));
    }

    @Test
    void varietyCountsWhatIsNew() {
        double[] scores = new Variety()
                .score(
                        List.of("I like big dogs"),
                        proposals("I like cats a lot", "I like big dogs", "no no no no", "Yes"));

        assertThat(scores).containsExactly(new double[] {0.75, 0, 1 / 3.0, 0.5}, within(1e-12));
    }

    @Test
    void relevanceCountsWordsOfTheSubject() {
        double[] scores = new Relevance()
                .score(
                        List.of("Do you like music?", "Yes", "Which instruments?"),
                        proposals("I love music and instruments!", "Bananas are yellow", "It is"));

        assertThat(scores).containsExactly(new double[] {2 / 3.0, 0, 0}, within(1e-12));
    }

    /** The reference's likelihood of the context given the reply, for each pair. */
    @Test
    void mutualInformationIsTheReferencesBackwardLikelihood() {
        int cases = 0;
        try (LanguageModel backward = LanguageModel.fromPretrained(TINY.toString())) {
            for (JsonNode golden : Fixtures.golden("extra-tiny-a").get("scoring")) {
                if (golden.get("direction").stringValue().equals("backward")) {
                    String said = golden.get("reply").stringValue();
                    String reply = golden.get("context").stringValue();
                    double[] scores = new MutualInformation(backward).score(List.of(said), proposals(reply));
                    assertThat(-Math.log(scores[0]))
                            .as(said + " <- " + reply)
                            .isCloseTo(golden.get("mean_nll_f64").doubleValue(), within(1e-4));
                    cases++;
                }
            }
        }
        System.out.println("extra-tiny-a, backward likelihoods: " + cases);
        assertThat(cases).isPositive();
    }

    /** The reference's last hidden states times a head of our own. */
    @Test
    void aClassifierScoresTheLastHiddenStateOfTheReference() throws Exception {
        JsonNode golden = Fixtures.golden("logits-tiny-a").get("internals");
        int[] tokens = ints(golden.get("input_ids"));
        JsonNode last = golden.get("hidden_states_f64").get(2);
        float[] head = head(32);
        try (SequenceClassifier classifier =
                SequenceClassifier.fromPretrained(classifier(head).toString())) {
            for (int length = 1; length <= tokens.length; length++) {
                JsonNode hidden = last.get(length - 1);
                double expected = IntStream.range(0, head.length)
                        .mapToDouble(i -> head[i] * hidden.get(i).doubleValue())
                        .sum();
                float[] logits = classifier.logits(Arrays.copyOf(tokens, length));
                assertThat(logits).hasSize(1);
                assertThat(logits[0]).isCloseTo((float) expected, within(1e-4f));
            }
            assertThat(classifier.labels()).containsExactly("LABEL_0");
        }
    }

    @Test
    void aModelOfDialogRptReadsTwoTurnsAndTheReply() throws Exception {
        try (SequenceClassifier model =
                SequenceClassifier.fromPretrained(classifier(head(32)).toString())) {
            var ranker = new HumanFeedback("updown", model);
            var tokenizer = model.tokenizer();
            int[] text = tokenizer.encode("How are you?<|endoftext|>Fine.<|endoftext|>Good");
            double expected = 1 / (1 + Math.exp(-model.logits(text)[0]));

            double[] scores = ranker.score(List.of("Hello", " How are you? ", "Fine."), proposals(" Good ", "Bad"));

            assertThat(scores[0]).isCloseTo(expected, within(1e-6));
            assertThat(scores[1]).isBetween(0.0, 1.0).isNotEqualTo(scores[0]);
            assertThat(ranker.score(List.of("far too long ".repeat(500)), proposals("Oh")))
                    .hasSize(1);
        }
    }

    @Test
    void aClassifierCanFilter() throws Exception {
        try (SequenceClassifier model =
                SequenceClassifier.fromPretrained(classifier(head(32)).toString())) {
            var classifier = new ModelClassifier(model);
            double logit = model.logits(model.tokenizer().encode("You fool"))[0];

            assertThat(classifier.classify("You fool").get("LABEL_0"))
                    .isCloseTo(1 / (1 + Math.exp(-logit)), within(1e-6));
            assertThat(classifier.classify("")).containsEntry("LABEL_0", 0.0);
        }
    }

    @Test
    void whatIsNoClassifierIsRefused() throws Exception {
        assertThatThrownBy(() -> SequenceClassifier.fromPretrained(TINY.toString()))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("'score.weight' is missing");
        Path misshapen = classifier(head(31));
        assertThatThrownBy(() -> SequenceClassifier.fromPretrained(misshapen.toString()))
                .hasMessageContaining("shape [1, 31], expected [labels, 32]");
    }

    /** The published scores of one reply and what DialogRPT's authors join them to. */
    @Test
    void theEnsembleIsThatOfDialogRpt() {
        Ranking prior = Ranking.of(fixed("human_vs_rand", .875923), Ensemble.HUMAN_WEIGHT)
                .and(fixed("human_vs_machine", .686659), Ensemble.HUMAN_WEIGHT);
        Ranking conditional = Ranking.of(fixed("updown", .612857), Ensemble.UPDOWN_WEIGHT)
                .and(fixed("depth", .496809), Ensemble.DEPTH_WEIGHT)
                .and(fixed("width", .368103), Ensemble.WIDTH_WEIGHT);

        assertThat(new Ensemble(prior, conditional).score(List.of("hi"), proposals("a")))
                .containsExactly(new double[] {.531975}, within(1e-5));
        assertThat(new Ensemble(prior, null).score(List.of("hi"), proposals("a")))
                .containsExactly(new double[] {.781291}, within(1e-5));
    }

    private Path classifier(float[] head) throws IOException {
        Path target = Files.createDirectories(folder.resolve("classifier-" + head.length));
        for (String name : List.of("config.json", "vocab.json", "merges.txt", "tokenizer_config.json")) {
            if (Files.exists(TINY.resolve(name))) {
                Files.copy(TINY.resolve(name), target.resolve(name));
            }
        }
        var writer = new SafetensorsWriter();
        try (Checkpoint checkpoint = Checkpoint.open(TINY)) {
            for (StoredTensor tensor : checkpoint.tensors()) {
                float[] values = new float[(int) tensor.elementCount()];
                tensor.readFloats(0, values, 0, values.length);
                writer.tensor(
                        tensor.name(),
                        DataType.F32,
                        tensor.shape().stream().map(Math::toIntExact).toList(),
                        values,
                        0);
            }
        }
        writer.tensor("score.weight", DataType.F32, List.of(1, head.length), head, 0);
        writer.write(target.resolve("model.safetensors"));
        return target;
    }

    private static float[] head(int size) {
        float[] head = new float[size];
        for (int i = 0; i < size; i++) {
            head[i] = (i % 7 - 3) * 0.1f;
        }
        return head;
    }

    private static Ranker fixed(String name, double score) {
        return new Ranker() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public double[] score(List<String> context, List<Proposal> proposals) {
                return proposals.stream().mapToDouble(proposal -> score).toArray();
            }
        };
    }

    private static List<Proposal> proposals(String... texts) {
        List<Proposal> proposals = new ArrayList<>();
        for (String text : texts) {
            proposals.add(new Proposal(text, Double.NaN));
        }
        return proposals;
    }

    private static int[] ints(JsonNode node) {
        return node.valueStream().mapToInt(JsonNode::intValue).toArray();
    }
}
