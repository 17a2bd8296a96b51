package dev.confab.training;

import dev.confab.engine.model.Gpt2Config;
import dev.confab.training.data.SourceStatistics;
import java.util.List;
import java.util.Locale;

/**
 * The README that a trained model is given: how it was made, in numbers. What only a person can say is left to them.
 *
 * @param trainer of the run, at its end
 */
record ModelCard(TrainingRequest request, Gpt2Config config, List<SourceStatistics> sources, Trainer trainer) {
    String text() {
        var text = new StringBuilder("""
                ---
                pipeline_tag: text-generation
                tags: [conversational, gpt2]
                ---
                # %s

                A GPT-2-family chat model, trained with Confab. Turns are joined by the end-of-text token, as DialoGPT's are.

                | | |
                |---|---|
                | architecture | %d layers, %d wide, %d heads, vocabulary %d, %d positions, %.1f million parameters |
                | begun from | %s |
                | trained | %d of %d steps, %d tokens, %.0f minutes |
                | validation | %s |
                | learning rate | %s, %s with %.0f %% warm-up |
                | batch | %d tokens x %d, seed %d |
                | optimiser | AdamW, betas %s and %s, weight decay %s, gradients clipped to %s, dropout %s |

                ## Data

                | file | weight | dialogues | turns | tokens |
                |---|---|---|---|---|
                """.formatted(
                        request.output().toAbsolutePath().getFileName(),
                        config.layers(),
                        config.hiddenSize(),
                        config.heads(),
                        config.vocabularySize(),
                        config.positions(),
                        config.parameterCount() / 1e6,
                        start(),
                        trainer.step(),
                        trainer.steps(),
                        trainer.tokens(),
                        trainer.seconds() / 60,
                        validation(),
                        request.options().learningRate(),
                        request.options().schedule().label(),
                        100 * request.options().warmUp(),
                        request.tokensPerBatch(),
                        request.options().accumulation(),
                        request.options().seed(),
                        request.options().optimizer().beta1(),
                        request.options().optimizer().beta2(),
                        request.options().optimizer().weightDecay(),
                        request.options().clip(),
                        request.dropout()));
        for (SourceStatistics source : sources) {
            text.append("| %s | %s | %d | %d | %d |\n"
                    .formatted(
                            source.source().path().getFileName(),
                            source.source().weights(),
                            source.dialogues(),
                            source.turns(),
                            source.tokens()));
        }
        return text.append("""

                ## Before you publish this model

                Add the data's licences, what the model is good for, and what it gets wrong.
                """).toString();
    }

    private String start() {
        return switch (request.start()) {
            case TrainingRequest.Start.Nothing _ -> "nothing";
            case TrainingRequest.Start.Checkpoint checkpoint ->
                checkpoint.folder().toAbsolutePath().getFileName()
                        + request.lora()
                                .map(lora -> ", of which adapters of rank %d with alpha %s on %s are trained"
                                        .formatted(lora.rank(), lora.alpha(), String.join(", ", lora.targets())))
                                .orElse("");
        };
    }

    private String validation() {
        return Double.isFinite(trainer.bestLoss())
                ? String.format(
                        Locale.ROOT, "loss %.4f, perplexity %.2f", trainer.bestLoss(), Math.exp(trainer.bestLoss()))
                : "none";
    }
}
