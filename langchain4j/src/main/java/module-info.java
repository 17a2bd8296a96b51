/** A chatbot as one of LangChain4j's models. */
module dev.confab.langchain4j {
    requires transitive dev.confab.dialogue;
    requires transitive langchain4j.core;
    requires static transitive org.jspecify;

    exports dev.confab.langchain4j;
}
