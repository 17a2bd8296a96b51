package dev.confab.engine.generation;

import dev.confab.engine.generation.logits.LogitsProcessor;
import dev.confab.engine.model.ForwardBatch;
import dev.confab.engine.model.Gpt2;
import java.util.Arrays;

/**
 * Proposes what a smaller model of the same vocabulary would say, under the same processors.
 *
 * <p>When tokens are drawn, the draft draws with the very random numbers that the model will draw with. So drafts that
 * are nearly right agree with the model, and the reply is exactly the one that the same seed gives without a draft.
 */
final class DraftModel implements Drafter {
    private final Gpt2 model;
    private final int limit;
    private final LogitsProcessor processors;
    private final CachedTokens cached;
    private final int[] visiblePrompt;
    private final int promptLength;
    private final ForwardBatch batch = new ForwardBatch();
    private final float[] scores;

    DraftModel(Gpt2 model, PreparedRequest request) {
        if (model.config().vocabularySize() != request.vocabularySize()) {
            throw new GenerationException("the draft model has a vocabulary of "
                    + model.config().vocabularySize() + " tokens, the model one of " + request.vocabularySize()
                    + "; they must be equal");
        }
        this.model = model;
        this.limit = request.config().numAssistantTokens();
        this.processors = request.processors(null);
        this.cached = new CachedTokens(model);
        this.visiblePrompt = request.visiblePrompt();
        this.promptLength = request.prompt().length;
        this.scores = new float[request.vocabularySize()];
    }

    @Override
    public int limit() {
        return limit;
    }

    @Override
    public int propose(TokenSequence sequence, DraftedChoice chooser, int[] proposals, int most) {
        int[] text = visibleText(sequence, most);
        int length = text.length - most;
        int room = model.config().positions() - length + 1;
        int read = cached.keepPrefixOf(text, length);
        int start = sequence.length();
        int count = 0;
        while (count < Math.min(most, room)) {
            batch.clear();
            int row = batch.add(cached.cache(), text, read, length + count, 1);
            model.forward(batch);
            read = length + count;
            batch.copyLogits(row, scores);
            processors.process(sequence.ids(), sequence.length(), scores);
            int token = chooser.chooseAhead(scores, count);
            sequence.add(token);
            text[length + count] = token;
            proposals[count++] = token;
        }
        sequence.truncate(start);
        cached.hold(text);
        return count;
    }

    /** What the model sees of the sequence, with room behind it. */
    private int[] visibleText(TokenSequence sequence, int room) {
        int generated = sequence.length() - promptLength;
        int[] text = Arrays.copyOf(visiblePrompt, visiblePrompt.length + generated + room);
        System.arraycopy(sequence.ids(), promptLength, text, visiblePrompt.length, generated);
        return text;
    }

    @Override
    public void close() {
        cached.close();
    }
}
