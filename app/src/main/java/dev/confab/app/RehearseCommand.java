package dev.confab.app;

import dev.confab.engine.ModelOptions;
import dev.confab.engine.generation.GenerationConfig;
import dev.confab.engine.generation.Generator;
import dev.confab.engine.model.Gpt2;
import dev.confab.engine.model.Gpt2Config;
import dev.confab.engine.model.Gpt2Loader;
import dev.confab.engine.model.LoadOptions;
import dev.confab.engine.tensor.WeightFormat;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code confab rehearse}, which the launcher runs once after a build: it uses what every start uses, so that Java can
 * write down which classes are loaded and which methods are worth compiling at once. Without that the first words of a
 * reply take seconds, as vector code is a hundred times slower until it is compiled.
 */
@Command(name = "rehearse", hidden = true, description = "What later starts will do, for Java to remember.")
final class RehearseCommand implements Callable<Integer> {
    private static final Gpt2Config SMALL = Gpt2Config.of(4000, 512, 512, 2, 8);
    private static final int PROMPT_TOKENS = 100;
    private static final int NEW_TOKENS = 200;

    private final Surroundings surroundings;

    @Mixin
    CommonOptions common;

    @Mixin
    ModelSelection selection;

    RehearseCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        ModelOptions options = selection.options(surroundings, common);
        for (WeightFormat format : WeightFormat.values()) {
            var loading = new LoadOptions(
                    Optional.of(format),
                    options.threads(),
                    options.kernels(),
                    options.keyValueBytes(),
                    Optional.empty(),
                    bytes -> {});
            try (Gpt2 model = Gpt2Loader.random(SMALL, loading)) {
                rehearse(Generator.of(model));
            }
        }
        return 0;
    }

    private static void rehearse(Generator generator) {
        int[] prompt = new int[PROMPT_TOKENS];
        Arrays.setAll(prompt, i -> 31 * i % SMALL.vocabularySize());
        var greedy = GenerationConfig.builder().maxNewTokens(NEW_TOKENS).build();
        var sampling = GenerationConfig.builder()
                .maxNewTokens(NEW_TOKENS)
                .doSample(true)
                .topK(50)
                .topP(0.9)
                .build();
        generator.generate(prompt, greedy);
        generator.generate(prompt, sampling);
    }
}
