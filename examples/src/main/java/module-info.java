/** Short programs that show how Confab is used from Java. */
module dev.confab.examples {
    requires dev.confab.dialogue;
    requires dev.confab.langchain4j;
    requires dev.confab.engine;
    requires dev.confab.training;
    requires dev.confab.ui;
    requires static org.jspecify;
}
