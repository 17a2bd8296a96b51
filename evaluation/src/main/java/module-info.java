/** Measures models: perplexity, response metrics, reports. */
module dev.confab.evaluation {
    requires transitive dev.confab.engine;
    requires static transitive org.jspecify;
}
