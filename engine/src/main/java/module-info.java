/** The inference engine: loads a GPT-2-family checkpoint and generates text with it. */
module dev.confab.engine {
    requires static jdk.incubator.vector;
    requires static transitive org.jspecify;
    requires transitive tools.jackson.databind;
    requires java.net.http;
    requires methanol;

    exports dev.confab.engine;
    exports dev.confab.engine.checkpoint;
    exports dev.confab.engine.error;
    exports dev.confab.engine.generation;
    exports dev.confab.engine.generation.logits;
    exports dev.confab.engine.hub;
    exports dev.confab.engine.model;
    exports dev.confab.engine.tensor;
    exports dev.confab.engine.tokenizer;

    uses dev.confab.engine.tensor.KernelSetProvider;
}
