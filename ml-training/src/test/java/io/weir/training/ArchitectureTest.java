package io.weir.training;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.weir.training");

  @Test
  void quality_isPure() {
    classes()
        .that()
        .resideInAPackage("io.weir.training.quality")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.weir.training.quality", "java.lang..", "java.util..", "org.jspecify..")
        .check(CLASSES);
  }

  @Test
  void xgboost_isKnownToOnePackage() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.weir.training.tree")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ml.dmlc..")
        .check(CLASSES);
  }

  @Test
  void packages_formNoCycle() {
    slices().matching("io.weir.training.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void packages_neverImportTheirParent() {
    noClasses()
        .that()
        .resideInAPackage("io.weir.training.*..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.weir.training")
        .check(CLASSES);
  }

  @Test
  void otherApplications_areNotKnown() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.weir.stream..", "io.weir.sink..")
        .check(CLASSES);
  }

  /** The scorer's stream and its HTTP server need libraries that the trainer does not have. */
  @Test
  void ofTheScorer_onlyItsModelsAreKnown() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.weir.scoring..")
                .and(
                    not(
                        resideInAnyPackage(
                            "io.weir.scoring.model",
                            "io.weir.scoring.reason",
                            "io.weir.scoring.registry"))))
        .check(CLASSES);
  }
}
