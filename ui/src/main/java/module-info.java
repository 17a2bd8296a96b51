/** A web page and an HTTP interface for any Java function. */
@SuppressWarnings(
        "module") // the server, which is built later, is named as the one that shares the web server's settings
module dev.confab.ui {
    requires static transitive org.jspecify;
    requires transitive io.javalin;
    requires transitive tools.jackson.databind;
    requires jakarta.servlet;
    requires org.eclipse.jetty.server;
    requires marked; // the two libraries of the page, without a class
    requires dompurify;

    exports dev.confab.ui;
    exports dev.confab.ui.account;
    exports dev.confab.ui.call;
    exports dev.confab.ui.component;
    exports dev.confab.ui.conversation;
    exports dev.confab.ui.http to
            dev.confab.server;
}
