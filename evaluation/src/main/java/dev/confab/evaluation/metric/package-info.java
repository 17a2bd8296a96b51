/**
 * Measures replies: NIST, BLEU, METEOR, ROUGE-L and CIDEr against references, and entropy, distinct n-grams, length and
 * repetition by themselves, as DialoGPT's evaluation and the reference programs define them.
 *
 * <p>Entry types: {@link dev.confab.evaluation.metric.ReplySet} and {@link dev.confab.evaluation.metric.ReplyMetrics}.
 * What is measured is immutable; a {@code ReplyMetrics} belongs to one thread.
 */
@NullMarked
package dev.confab.evaluation.metric;

import org.jspecify.annotations.NullMarked;
