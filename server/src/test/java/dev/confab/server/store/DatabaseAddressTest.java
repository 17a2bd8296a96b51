package dev.confab.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DatabaseAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://ann:s%40cret@db.example:5432/confab?sslmode=require",
                "postgres://ann:s%40cret@db.example:5432/confab?sslmode=require",
                "jdbc:postgresql://db.example:5432/confab?user=ann&sslmode=require&password=s%40cret"
            })
    void aServersPasswordIsKeptOutOfItsAddress(String url) {
        DatabaseAddress address = DatabaseAddress.parse(url);

        assertThat(address).isInstanceOfSatisfying(DatabaseAddress.Server.class, server -> {
            assertThat(server.user()).isEqualTo("ann");
            assertThat(server.password()).isEqualTo("s@cret");
            assertThat(server.jdbcUrl()).isEqualTo("jdbc:postgresql://db.example:5432/confab?sslmode=require");
        });
        assertThat(address).hasToString("postgresql://ann@db.example:5432/confab");
    }

    @Test
    void aPasswordCanComeFromElsewhere() {
        DatabaseAddress address =
                DatabaseAddress.parse("postgresql://ann@db/confab").withPassword("other");

        assertThat(address)
                .isInstanceOfSatisfying(
                        DatabaseAddress.Server.class,
                        server -> assertThat(server.password()).isEqualTo("other"));
    }

    @Test
    void aFileIsNamedByItsPath() {
        assertThat(DatabaseAddress.parse("sqlite:some/file.db"))
                .isEqualTo(new DatabaseAddress.LocalFile(Path.of("some/file.db").toAbsolutePath()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://ann:s3cret@db/confab",
                "postgresql://ann:s3cret@db",
                "postgresql://ann:s3cret@/confab",
                "postgresql://ann:s3cret%zz@db/confab",
                "sqlite:",
                ""
            })
    void anythingElseIsRefusedWithoutThePassword(String url) {
        assertThatThrownBy(() -> DatabaseAddress.parse(url))
                .isInstanceOf(StoreException.class)
                .hasMessageNotContaining("s3cret");
    }
}
