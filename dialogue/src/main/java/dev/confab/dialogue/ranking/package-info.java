/**
 * Chooses among several replies.
 *
 * <p>Entry types: {@link dev.confab.dialogue.ranking.Ranker}, which scores replies, and
 * {@link dev.confab.dialogue.ranking.Ranking}, which adds the scores of several. Rankers are usable from any thread; one
 * that holds a model leaves it to its maker to close.
 */
@NullMarked
package dev.confab.dialogue.ranking;

import org.jspecify.annotations.NullMarked;
