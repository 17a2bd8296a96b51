/** Conversations with a language model: turns in, replies out. */
module dev.confab.dialogue {
    requires transitive dev.confab.engine;
    requires static transitive org.jspecify;

    exports dev.confab.dialogue;
}
