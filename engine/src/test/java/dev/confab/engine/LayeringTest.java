package dev.confab.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Who may know whom: tensor and checkpoint, then model, then generation; beside them hub, then tokenizer. */
final class LayeringTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.confab.engine");

    @Test
    void packagesKnowOnlyThoseBelowThem() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("entry")
                .definedBy("dev.confab.engine")
                .layer("generation")
                .definedBy("dev.confab.engine.generation..")
                .layer("model")
                .definedBy("dev.confab.engine.model..")
                .layer("checkpoint")
                .definedBy("dev.confab.engine.checkpoint..")
                .layer("tensor")
                .definedBy("dev.confab.engine.tensor..")
                .layer("tokenizer")
                .definedBy("dev.confab.engine.tokenizer..")
                .layer("hub")
                .definedBy("dev.confab.engine.hub..")
                .layer("error")
                .definedBy("dev.confab.engine.error..")
                .whereLayer("entry")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("generation")
                .mayOnlyBeAccessedByLayers("entry")
                .whereLayer("model")
                .mayOnlyBeAccessedByLayers("entry", "generation")
                .whereLayer("checkpoint")
                .mayOnlyBeAccessedByLayers("entry", "model")
                .whereLayer("tensor")
                .mayOnlyBeAccessedByLayers("entry", "model")
                .whereLayer("tokenizer")
                .mayOnlyBeAccessedByLayers("entry", "generation")
                .whereLayer("hub")
                .mayOnlyBeAccessedByLayers("entry", "tokenizer")
                .whereLayer("error")
                .mayNotAccessAnyLayer()
                .check(CLASSES);
    }

    @Test
    void theEngineNeverPrintsNorEndsTheProcess() {
        noClasses()
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .check(CLASSES);
    }

    @Test
    void weightsAreUnderstoodOnlyByTheTensorPackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.confab.engine.tensor..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jdk.incubator.vector..")
                .check(CLASSES);
    }
}
