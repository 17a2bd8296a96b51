/** The Telegram bot: a chatbot that answers with words and GIFs. */
module dev.confab.telegram {
    requires transitive dev.confab.dialogue;
    requires transitive dev.confab.server;
    requires transitive micrometer.core;
    requires static transitive org.jspecify;
    requires com.fasterxml.jackson.annotation;
    requires com.google.gson;
    requires io.github.bucket4j.core;
    requires java.net.http;
    requires java.sql;
    requires jdk.httpserver;
    requires kotlin.stdlib;
    requires okhttp3;
    requires telegram.bot.api;

    exports dev.confab.telegram;
    exports dev.confab.telegram.gif;
    exports dev.confab.telegram.store;
}
