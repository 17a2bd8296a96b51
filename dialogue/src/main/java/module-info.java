/** Conversations with a language model: turns in, replies out. */
module dev.confab.dialogue {
    requires transitive dev.confab.engine;
    requires static transitive org.jspecify;
    requires org.apache.lucene.core;
    requires re2j;
    requires ahocorasick;
    requires com.google.i18n.phonenumbers.libphonenumber;
    requires EvalEx;
    requires tools.jackson.dataformat.yaml;

    exports dev.confab.dialogue;
    exports dev.confab.dialogue.filter;
    exports dev.confab.dialogue.guard;
    exports dev.confab.dialogue.memory;
    exports dev.confab.dialogue.persona;
    exports dev.confab.dialogue.ranking;
    exports dev.confab.dialogue.skill;
}
