package dev.confab.app;

import dev.confab.engine.generation.GenerationConfig;
import dev.confab.engine.generation.LogitsProcessors;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** {@code confab process}: what the rules of decoding make of given scores; no model is needed. */
@Command(
        name = "process",
        description = "Applies the rules of decoding to scores. A line is {\"input_ids\": [..], \"prompt_length\": n,"
                + " \"scores\": [..]} with generation options beside; null is minus infinity.")
final class ProcessCommand implements Callable<Integer> {
    private static final Set<String> FIELDS = Set.of("input_ids", "prompt_length", "scores");

    private final Surroundings surroundings;
    private final GenerationSettings settings;

    @Mixin
    BatchOption batch;

    @Option(names = "--json", description = "changes nothing: a batch always is JSON Lines")
    boolean json;

    @Mixin
    CommonOptions common;

    ProcessCommand(Surroundings surroundings, GenerationSettings settings) {
        this.surroundings = surroundings;
        this.settings = settings;
    }

    @Override
    public Integer call() throws IOException {
        GenerationConfig common = settings.config();
        return JsonLines.answer(batch.required(), surroundings, line -> process(line, common));
    }

    private static ObjectNode process(ObjectNode line, GenerationConfig common) {
        int[] ids = Json.integers(line, "input_ids");
        int promptLength = line.has("prompt_length") ? Json.integer(line, "prompt_length") : ids.length;
        float[] scores = Json.scores(line, "scores");
        GenerationConfig config = GenerationConfig.fromJson(line, FIELDS).over(common);
        LogitsProcessors.process(config, ids, promptLength, scores);
        ObjectNode answer = Json.object();
        answer.set("scores", Json.array(scores));
        return answer;
    }
}
