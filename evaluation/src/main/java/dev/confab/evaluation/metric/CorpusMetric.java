package dev.confab.evaluation.metric;

/**
 * A metric that has counted all it needs of a set of replies, so that any selection of them can be scored quickly: all of
 * them, or the draws of a bootstrap.
 */
interface CorpusMetric {
    /**
     * The scores of a selection.
     *
     * @param selection numbers of replies, each from 0 and any number of times; at least one
     * @return as many values as {@link Metric#labels}
     */
    double[] score(int[] selection);
}
