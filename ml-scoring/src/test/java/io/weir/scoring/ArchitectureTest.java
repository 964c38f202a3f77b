package io.weir.scoring;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.weir.scoring");

  @Test
  void models_arePureBesideJackson() {
    classes()
        .that()
        .resideInAPackage("io.weir.scoring.model")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.weir.scoring.model",
            "com.fasterxml.jackson..",
            "java.lang..",
            "java.util..",
            "java.io",
            "org.jspecify..")
        .check(CLASSES);
  }

  @Test
  void pureCode_opensNoFile() {
    noClasses()
        .that()
        .resideInAPackage("io.weir.scoring.model")
        .should()
        .dependOnClassesThat()
        .haveNameMatching("java\\.io\\.File.*|java\\.nio\\.file\\..*|java\\.time\\.Clock")
        .check(CLASSES);
  }

  @Test
  void kafka_isKnownToAdaptersOnly() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.weir.scoring.model", "io.weir.scoring.registry", "io.weir.scoring.serve")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.kafka..")
        .check(CLASSES);
  }

  @Test
  void micronaut_isKnownToTheEdgesOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.weir.scoring.serve")
        .and()
        .haveSimpleNameNotStartingWith("$")
        .and()
        .haveNameNotMatching("io\\.weir\\.scoring\\.(Main|ServeCommand|\\w+Config|\\w+Factory)")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.micronaut..")
        .check(CLASSES);
  }

  @Test
  void packages_neverImportTheirParent() {
    noClasses()
        .that()
        .resideInAPackage("io.weir.scoring.*..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.weir.scoring")
        .check(CLASSES);
  }

  @Test
  void otherApplications_areNotKnown() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.weir.stream..", "io.weir.sink..", "io.weir.simulator..", "io.weir.testkit..")
        .check(CLASSES);
  }
}
