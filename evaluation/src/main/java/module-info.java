/** Measures models: perplexity, response metrics, reports. */
module dev.confab.evaluation {
    requires transitive dev.confab.engine;
    requires extjwnl.data.wn31;
    requires java.desktop;
    requires org.apache.lucene.analysis.common;
    requires org.knowm.xchart;
    requires static transitive org.jspecify;

    exports dev.confab.evaluation;
    exports dev.confab.evaluation.data;
    exports dev.confab.evaluation.meteor;
    exports dev.confab.evaluation.metric;
    exports dev.confab.evaluation.report;
    exports dev.confab.evaluation.text;
}
