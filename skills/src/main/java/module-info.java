/** Skills that ask services on the network. */
module dev.confab.skills {
    requires transitive dev.confab.dialogue;
    requires static transitive org.jspecify;
    requires java.net.http;
    requires java.xml;
    requires methanol;
    requires tools.jackson.databind;
    requires tools.jackson.dataformat.yaml;
    requires com.github.benmanes.caffeine;
    requires io.github.resilience4j.circuitbreaker;
    requires io.github.resilience4j.core;
    requires io.modelcontextprotocol.sdk.mcp.core;

    exports dev.confab.skills;

    opens dev.confab.skills to
            tools.jackson.databind;
}
