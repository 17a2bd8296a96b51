package dev.confab.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.confab.server.store.ApiKey;
import dev.confab.server.store.ApiKeys;
import dev.confab.server.store.Database;
import dev.confab.server.store.DatabaseAddress;
import dev.confab.server.store.User.Role;
import dev.confab.server.store.Users;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys and users come and go while the server runs. */
final class AccountsTest {
    private static final String SHORT = "{\"model\":\"tiny\",\"prompt\":\"Hi\",\"max_tokens\":1}";

    @TempDir
    Path folder;

    private Database database;
    private TestServer server;

    @BeforeEach
    void start() {
        database = Database.open(DatabaseAddress.inFolder(folder));
        server = TestServer.start(database);
    }

    @AfterEach
    void stop() {
        server.close();
        database.close();
    }

    private int with(ApiKey.Made key, String path) throws Exception {
        return server.send(server.to(path).header("Authorization", "Bearer " + key.secret()))
                .statusCode();
    }

    @Test
    void theFirstKeyClosesTheApiAndARevokedOneOpensNothing() throws Exception {
        assertThat(server.post("/v1/completions", SHORT).statusCode()).isEqualTo(200);
        assertThat(server.send(server.to("/v1/models").header("Authorization", "Bearer any"))
                        .statusCode())
                .isEqualTo(200);

        var keys = new ApiKeys(database);
        ApiKey.Made ann = keys.create("ann");
        await().until(() -> server.post("/v1/completions", SHORT).statusCode() == 401);
        for (String path : List.of("/v1/models", "/metrics")) {
            assertThat(server.get(path).statusCode()).as(path).isEqualTo(401);
            assertThat(with(ann, path)).as(path).isEqualTo(200);
        }
        assertThat(server.send(server.to("/v1/models").header("Authorization", "Bearer " + ann.secret() + "x"))
                        .body())
                .contains("the API key is unknown");
        assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);

        ApiKey.Made bob = keys.create("bob");
        assertThat(with(bob, "/v1/models")).isEqualTo(200);
        keys.revoke(bob.key().id());
        assertThat(with(bob, "/v1/models")).isEqualTo(401);
        keys.revoke(ann.key().id());
        assertThat(server.get("/v1/models").statusCode())
                .as("without the last key nobody gets in")
                .isEqualTo(401);
    }

    private HttpResponse<String> logIn(String name, String password) throws Exception {
        return server.send(server.to("/login")
                .setHeader("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("username=" + name + "&password=" + password)));
    }

    private static String cookie(HttpResponse<String> login) {
        return login.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    }

    private int config(String cookie) throws Exception {
        return server.send(server.to("/config").header("Cookie", cookie)).statusCode();
    }

    @Test
    void theFirstUserClosesThePageAndWhoIsRemovedIsLoggedOut() throws Exception {
        assertThat(server.get("/config").statusCode()).isEqualTo(200);
        var users = new Users(database);
        users.add("ann", "correct-horse", Role.USER);
        await().until(() -> server.get("/config").statusCode() == 401);

        HttpResponse<String> wrong = logIn("ann", "battery-staple");
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).contains("do not belong together");
        assertThat(logIn("nobody", "correct-horse").body()).isEqualTo(wrong.body());
        String ann = cookie(logIn("ann", "correct-horse"));
        assertThat(config(ann)).isEqualTo(200);

        users.add("bob", "correct-horse", Role.USER);
        String bob = cookie(logIn("bob", "correct-horse"));
        assertThat(config(bob)).isEqualTo(200);
        users.remove("bob");
        assertThat(config(bob)).isEqualTo(401);
        users.changePassword("ann", "battery-staple");
        assertThat(config(ann)).isEqualTo(401);
        String again = cookie(logIn("ann", "battery-staple"));
        users.remove("ann");
        assertThat(config(again)).isEqualTo(401);
        assertThat(server.get("/config").statusCode())
                .as("without the last user nobody gets in")
                .isEqualTo(401);
    }

    @Test
    void aLoginOutlivesTheProcessUntilItIsEnded() throws Exception {
        new Users(database).add("ann", "correct-horse", Role.USER);
        server.close();
        server = TestServer.start(database);
        assertThat(server.get("/config").statusCode()).isEqualTo(401);
        String cookie = cookie(logIn("ann", "correct-horse"));
        server.close();
        server = TestServer.start(database);
        assertThat(config(cookie)).isEqualTo(200);
        server.send(server.to("/logout").header("Cookie", cookie));
        assertThat(config(cookie)).isEqualTo(401);
    }
}
