package io.weir.simulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final String[] PURE = {
    "io.weir.simulator.json",
    "io.weir.simulator.visit",
    "io.weir.simulator.fault",
    "io.weir.simulator.gold",
    "io.weir.simulator.truth"
  };

  private final JavaClasses code =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.weir.simulator");

  @Test
  void purePackages_knowTheJdkAndEachOther() {
    classes()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.weir.simulator.json",
            "io.weir.simulator.visit",
            "io.weir.simulator.fault",
            "io.weir.simulator.gold",
            "io.weir.simulator.truth",
            "java.math",
            "org.jspecify..",
            "java.lang..",
            "java.util",
            "java.util.function",
            "java.util.stream",
            "java.nio.charset")
        .check(code);
  }

  @Test
  void purePackages_takeTimeAndChanceAsArguments() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.Random")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(Math.class, "random")
        .check(code);
  }

  @Test
  void packages_neverImportTheirParent() {
    noClasses()
        .that()
        .resideInAPackage("io.weir.simulator.*")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.weir.simulator")
        .check(code);
  }

  @Test
  void kafka_isKnownToPublishersAndTheirOptionsOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.weir.simulator.publish")
        .and()
        .doNotHaveSimpleName("TargetOptions")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.kafka..")
        .check(code);
  }

  @Test
  void commandLine_staysInTheRoot() {
    noClasses()
        .that()
        .resideInAPackage("io.weir.simulator.*")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("picocli..", "io.micronaut..")
        .check(code);
  }
}
