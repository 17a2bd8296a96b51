/** The chat application for many people at once, and the database that keeps what they said. */
module dev.confab.server {
    requires static transitive org.jspecify;
    requires transitive dev.confab.dialogue;
    requires transitive dev.confab.ui;
    requires transitive micrometer.core;
    requires transitive org.jdbi.v3.core;
    requires com.zaxxer.hikari;
    requires flyway.core;
    requires io.github.bucket4j.core;
    requires jakarta.servlet;
    requires java.sql;
    requires micrometer.registry.prometheus;
    requires org.eclipse.jetty.io;
    requires org.eclipse.jetty.server;
    requires org.eclipse.jetty.util;
    requires org.xerial.sqlitejdbc;

    exports dev.confab.server;
    exports dev.confab.server.access;
    exports dev.confab.server.store;
}
