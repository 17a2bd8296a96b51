package dev.confab.ui;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Who may know whom: components, then calls, then HTTP, then the entry types; and nobody knows of models or dialogue. */
final class LayeringTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.confab.ui");

    @Test
    void packagesKnowOnlyThoseBelowThem() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("entry")
                .definedBy("dev.confab.ui")
                .layer("http")
                .definedBy("dev.confab.ui.http..")
                .layer("account")
                .definedBy("dev.confab.ui.account..")
                .layer("call")
                .definedBy("dev.confab.ui.call..")
                .layer("component")
                .definedBy("dev.confab.ui.component..")
                .layer("conversation")
                .definedBy("dev.confab.ui.conversation..")
                .whereLayer("entry")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("http")
                .mayOnlyBeAccessedByLayers("entry")
                .whereLayer("call")
                .mayOnlyBeAccessedByLayers("entry", "http", "account")
                .whereLayer("account")
                .mayOnlyBeAccessedByLayers("entry", "http")
                .whereLayer("component")
                .mayNotAccessAnyLayer()
                .whereLayer("conversation")
                .mayNotAccessAnyLayer()
                .check(CLASSES);
    }

    @Test
    void theModuleWorksForAnyFunctionAndKnowsNoModel() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.confab.engine..", "dev.confab.dialogue..", "dev.confab.training..")
                .check(CLASSES);
    }

    @Test
    void onlyTheHttpPackageAndTheHookForAuthorsKnowTheWebServer() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.confab.ui.call..", "dev.confab.ui.component..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.javalin..", "jakarta.servlet..", "org.eclipse.jetty..")
                .check(CLASSES);
    }
}
