/** The chat application for many people at once, and the database that keeps what they said. */
module dev.confab.server {
    requires static transitive org.jspecify;
    requires transitive dev.confab.dialogue;
    requires transitive dev.confab.ui;

    exports dev.confab.server.store;
}
