/** Trains tokenizers and models. */
module dev.confab.training {
    requires transitive dev.confab.engine;
    requires java.desktop;
    requires org.knowm.xchart;
    requires static transitive org.jspecify;
    requires tools.jackson.dataformat.csv;

    exports dev.confab.training;
    exports dev.confab.training.data;
    exports dev.confab.training.gradient;
    exports dev.confab.training.optimizer;
    exports dev.confab.training.tokenizer;
    exports dev.confab.training.tuning;

    opens dev.confab.training to
            tools.jackson.databind;
}
