package dev.confab.server.store;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The store can be used without the server, and one type alone knows of connections. */
final class LayeringTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.confab.server.store");

    @Test
    void theStoreKnowsOnlyThePagesConversationsAndErrors() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.confab.dialogue..",
                        "dev.confab.server",
                        "dev.confab.server.access..",
                        "dev.confab.server.openai..",
                        "dev.confab.ui",
                        "dev.confab.ui.http..",
                        "io.javalin..")
                .check(CLASSES);
    }

    @Test
    void onlyTheDatabaseKnowsOfConnectionsAndMigrations() {
        noClasses()
                .that()
                .doNotHaveSimpleName("Database")
                .and()
                .haveNameNotMatching(".*[.]Migrations([$].*)?")
                .and()
                .doNotHaveSimpleName("SqliteLibrary")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.zaxxer..", "org.flywaydb..", "org.sqlite..", "javax.sql..")
                .check(CLASSES);
    }
}
