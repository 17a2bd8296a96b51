package dev.confab.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.server.store.User.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UsersTest extends Databases {
    private static final String PASSWORD = "correct horse battery";

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aUserLogsInWithNameAndPasswordUntilRemoved(Dialect dialect) throws Exception {
        var users = new Users(open(dialect));
        User ann = users.add("ann", PASSWORD, Role.OPERATOR);
        users.add("bob", "another password", Role.USER);

        assertThat(users.list()).extracting(User::name).containsExactly("ann", "bob");
        assertThat(users.verify("ann", PASSWORD)).contains(ann);
        assertThat(users.verify("ann", PASSWORD + " ")).isEmpty();
        assertThat(users.verify("bob", PASSWORD)).isEmpty();
        assertThat(users.verify("nobody\0", PASSWORD)).isEmpty();
        assertThat(users.remove("ann")).isTrue();
        assertThat(users.remove("ann")).isFalse();
        assertThat(users.verify("ann", PASSWORD)).isEmpty();
    }

    @Test
    void aPasswordIsKeptAsAHashOfItsOwn() throws Exception {
        Database database = open(Dialect.SQLITE);
        var users = new Users(database);
        users.add("ann", PASSWORD, Role.USER);
        users.add("bob", PASSWORD, Role.USER);

        List<String> hashes = database.read(handle -> handle.createQuery("select password from users")
                .mapTo(String.class)
                .list());
        assertThat(hashes).doesNotHaveDuplicates().allMatch(hash -> hash.startsWith("pbkdf2-sha256$600000$"));
    }

    @Test
    void aPasswordIsTheSameHoweverTheKeyboardComposesIt() throws Exception {
        var users = new Users(open(Dialect.SQLITE));
        users.add("ann", "Schl\u00FCsselbund", Role.USER);

        assertThat(users.verify("ann", "Schlu\u0308sselbund")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Ann", "-ann", "a b", "ann\0", "änn", "a/b"})
    void namesThatCouldBeMistakenAreRefused(String name) throws Exception {
        var users = new Users(open(Dialect.SQLITE));

        assertThatThrownBy(() -> users.add(name, PASSWORD, Role.USER))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("small letters");
    }

    @Test
    void aNameThatIsTakenAndAPasswordThatIsTooShortAreRefused() throws Exception {
        var users = new Users(open(Dialect.SQLITE));
        users.add("ann", PASSWORD, Role.USER);

        assertThatThrownBy(() -> users.add("ann", "other password", Role.USER))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("there is a user 'ann' already");
        assertThatThrownBy(() -> users.add("bob", "7 chars", Role.USER))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("has 7 characters, expected 8 to 256");
        assertThat(users.verify("ann", PASSWORD)).isPresent();
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aLoginLastsForItsTimeAndAnotherPasswordEndsIt(Dialect dialect) throws Exception {
        Database database = open(dialect);
        var users = new Users(database);
        var now = new AtomicReference<>(Instant.EPOCH);
        var logins = new Logins(database, Duration.ofDays(1), now::get);
        User ann = users.add("ann", PASSWORD, Role.USER);
        String phone = logins.begin(ann);
        String laptop = logins.begin(ann);

        assertThat(logins.find(phone)).contains(ann);
        assertThat(logins.find(phone + "x")).isEmpty();
        logins.end(phone);
        assertThat(logins.find(phone)).isEmpty();
        now.set(Instant.EPOCH.plus(Duration.ofDays(1)));
        assertThat(logins.find(laptop)).contains(ann);
        now.set(now.get().plusSeconds(1));
        assertThat(logins.find(laptop)).isEmpty();

        String again = logins.begin(ann);
        assertThat(users.changePassword("ann", "another password")).isTrue();
        assertThat(users.changePassword("nobody", "another password")).isFalse();
        assertThat(logins.find(again)).isEmpty();
        assertThat(users.verify("ann", "another password")).isPresent();
        String last = logins.begin(ann);
        users.remove("ann");
        assertThat(logins.find(last)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aKeyIsShownOnceAndRefusedOnceItIsRevoked(Dialect dialect) throws Exception {
        Database database = open(dialect);
        var now = new AtomicReference<>(Instant.EPOCH);
        var keys = new ApiKeys(database, now::get);
        assertThat(keys.any()).isFalse();
        ApiKey.Made made = keys.create("the wiki's assistant");
        ApiKey.Made other = keys.create("tests");

        assertThat(keys.any()).isTrue();
        assertThat(made.secret()).startsWith(made.key().id()).hasSize(50);
        assertThat(made.toString()).doesNotContain(made.secret());
        assertThat(keys.list()).containsExactlyInAnyOrder(made.key(), other.key());
        assertThat(keys.verify(made.secret())).contains(made.key());
        assertThat(keys.verify(made.secret() + "x")).isEmpty();
        assertThat(keys.verify("")).isEmpty();
        now.set(Instant.EPOCH.plusSeconds(60));
        keys.verify(made.secret());
        assertThat(keys.verify(made.secret()).orElseThrow().used()).isEqualTo(Instant.EPOCH);
        assertThat(keys.revoke(made.key().id())).isTrue();
        assertThat(keys.revoke(made.key().id())).isFalse();
        assertThat(keys.verify(made.secret())).isEmpty();
        assertThat(keys.verify(other.secret())).isPresent();
        String kept = database.read(handle -> handle.createQuery("select token from api_keys where id = :id")
                .bind("id", made.key().id())
                .mapTo(String.class)
                .one());
        assertThat(kept).hasSize(64).doesNotContain(made.secret());
    }
}
