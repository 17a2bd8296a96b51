/** Measures models: perplexity, response metrics, reports. */
module dev.confab.evaluation {
    requires transitive dev.confab.engine;
    requires static transitive org.jspecify;

    exports dev.confab.evaluation;
    exports dev.confab.evaluation.data;
    exports dev.confab.evaluation.metric;
    exports dev.confab.evaluation.report;
    exports dev.confab.evaluation.text;
}
