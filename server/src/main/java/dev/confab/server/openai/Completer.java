package dev.confab.server.openai;

import dev.confab.engine.LanguageModel;
import dev.confab.engine.generation.FinishReason;
import dev.confab.engine.generation.GeneratedSequence;
import dev.confab.engine.generation.GenerationConfig;
import dev.confab.engine.generation.GenerationListener;
import dev.confab.engine.generation.GenerationRequest;
import dev.confab.engine.generation.GenerationResult;
import dev.confab.engine.generation.SessionPool;
import dev.confab.engine.generation.logits.LogitsProcessor;
import dev.confab.engine.tokenizer.DecodeOption;
import dev.confab.engine.tokenizer.Tokenizer;
import dev.confab.server.AwaitedModel;
import dev.confab.server.ReplyMeter;
import dev.confab.server.SpokenLog;
import dev.confab.server.TurnTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Generates what the API asks for, with the memory of earlier requests. Usable from any thread. */
final class Completer {
    private final LanguageModel model;
    private final Tokenizer tokenizer;
    private final SessionPool sessions;
    private final TurnTokens turns;
    private final ApiFilters filters;
    private final ReplyMeter meter;

    Completer(AwaitedModel.Loaded loaded, ApiFilters filters, ReplyMeter meter) {
        this.model = loaded.bot().model();
        this.tokenizer = model.tokenizer();
        this.sessions = loaded.sessions();
        this.turns = loaded.turns();
        this.filters = filters;
        this.meter = meter;
    }

    /** A token as text. */
    String tokenText(int token) {
        return tokenizer.decode(new int[] {token});
    }

    /**
     * The replies to a request, and what they cost.
     *
     * @param choices prompt by prompt
     */
    record Completion(List<Choice> choices, Usage usage) {}

    /**
     * Generates.
     *
     * @param sink hears of each part, by the calling thread; an exception of its ends the request
     */
    Completion complete(Task task, Sink sink, BooleanSupplier cancelled) {
        List<Choice> choices = IntStream.range(0, task.choices())
                .mapToObj(i -> new Choice(i, tokenizer, task.sampling().stops(), sink, filters.holdReplies()))
                .toList();
        if (task.answer().isPresent()) {
            choices.forEach(choice -> choice.replace(task.answer().get()));
            return new Completion(choices, new Usage(0, 0, 0));
        }
        if (task.echo()) {
            echo(task, choices);
        }
        List<GenerationResult> results = task.maxTokens() == 0 ? List.of() : generate(task, choices, sink, cancelled);
        var usage = new Usage(0, 0, 0);
        for (int prompt = 0; prompt < task.prompts().size(); prompt++) {
            GenerationResult result = results.isEmpty() ? null : results.get(prompt);
            usage = usage.plus(usage(task.prompts().get(prompt).length, result));
            for (int i = 0; i < task.sampling().replies(); i++) {
                Choice choice = choices.get(prompt * task.sampling().replies() + i);
                if (result == null) {
                    choice.finish(FinishReason.LENGTH);
                } else {
                    finish(choice, result.sequences().get(i));
                }
            }
        }
        if (filters.holdReplies()) {
            choices.forEach(this::filter);
        }
        if (SpokenLog.isAskedFor()) {
            choices.forEach(choice -> SpokenLog.replied("api", text(prompt(task, choice)), choice.text()));
        }
        return new Completion(choices, usage);
    }

    private static int[] prompt(Task task, Choice choice) {
        return task.prompts().get(choice.index() / task.sampling().replies());
    }

    private String text(int[] prompt) {
        return tokenizer.decode(prompt, DecodeOption.SKIP_SPECIAL_TOKENS);
    }

    private void filter(Choice choice) {
        filters.inPlaceOf(choice.text()).ifPresentOrElse(choice::replace, choice::release);
    }

    private void finish(Choice choice, GeneratedSequence sequence) {
        choice.finish(sequence.finishReason());
        if (sequence.finishReason() != FinishReason.STOP) {
            turns.remember(choice.text(), sequence.tokens());
        }
    }

    private void echo(Task task, List<Choice> choices) {
        for (Choice choice : choices) {
            int[] prompt = prompt(task, choice);
            List<TokenScore> scores = task.sampling().topLogProbabilities() < 0
                    ? List.of()
                    : PromptScores.of(model, prompt, task.sampling().topLogProbabilities());
            choice.echo(text(prompt), scores);
        }
    }

    private List<GenerationResult> generate(Task task, List<Choice> choices, Sink sink, BooleanSupplier cancelled) {
        List<GenerationRequest> requests = new ArrayList<>();
        int replies = task.sampling().replies();
        for (int i = 0; i < task.prompts().size(); i++) {
            List<Choice> own = choices.subList(i * replies, (i + 1) * replies);
            requests.add(request(task, task.prompts().get(i), own, i == 0 ? sink : Sink.NONE)
                    .withCancellation(cancelled));
        }
        List<GenerationResult> results = requests.size() == 1
                ? List.of(sessions.generate(requests.getFirst()))
                : model.generator().generateAll(requests);
        results.forEach(meter::generated);
        return results;
    }

    private static GenerationRequest request(Task task, int[] prompt, List<Choice> choices, Sink sink) {
        Sampling sampling = task.sampling();
        GenerationConfig config =
                sampling.config().toBuilder().maxNewTokens(task.maxTokens()).build();
        List<LogitsProcessor> processors = new ArrayList<>();
        TokenProbabilities probabilities =
                sampling.topLogProbabilities() < 0 ? null : new TokenProbabilities(sampling.topLogProbabilities());
        if (probabilities != null) {
            processors.add(probabilities);
        }
        processors.addAll(sampling.processors(prompt.length));
        return GenerationRequest.of(prompt, config)
                .withProcessors(processors)
                .withListener(new ChoiceListener(choices, probabilities, sink));
    }

    private static Usage usage(int promptTokens, @Nullable GenerationResult result) {
        if (result == null) {
            return new Usage(promptTokens, 0, 0);
        }
        int generated = result.sequences().stream()
                .mapToInt(sequence -> sequence.length())
                .sum();
        return new Usage(promptTokens, result.promptTokensReused(), generated);
    }

    /** Gives each token to the choice that it belongs to. */
    private record ChoiceListener(
            List<Choice> choices, @Nullable TokenProbabilities probabilities, Sink sink) implements GenerationListener {
        @Override
        public void onToken(int sequence, int token) {
            onToken(sequence, token, Float.NaN);
        }

        @Override
        public void onToken(int sequence, int token, float logProbability) {
            choices.get(sequence).add(token, logProbability, probabilities == null ? null : probabilities.next());
        }

        @Override
        public void onWaiting(int place) {
            sink.waiting(place);
        }
    }
}
