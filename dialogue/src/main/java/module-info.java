/** Conversations with a language model: turns in, replies out. */
module dev.confab.dialogue {
    requires transitive dev.confab.engine;
    requires static transitive org.jspecify;
    requires re2j;
    requires ahocorasick;
    requires com.google.i18n.phonenumbers.libphonenumber;
    requires EvalEx;

    exports dev.confab.dialogue;
    exports dev.confab.dialogue.filter;
    exports dev.confab.dialogue.memory;
    exports dev.confab.dialogue.skill;
}
