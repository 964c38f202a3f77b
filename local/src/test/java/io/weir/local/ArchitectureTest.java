package io.weir.local;

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
          .importPackages("io.weir.local");

  @Test
  void comparison_isPure() {
    classes()
        .that()
        .resideInAPackage("..compare..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java.lang..",
            "java.io",
            "java.math",
            "java.time..",
            "java.util",
            "org.apache.commons.csv",
            "org.jspecify..",
            "..compare..")
        .check(CLASSES);
  }

  @Test
  void services_areStartedNotImported() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.weir.stream..",
            "io.weir.lake..",
            "io.weir.sink..",
            "io.weir.tools..",
            "io.weir.scoring..",
            "io.weir.simulator..")
        .check(CLASSES);
  }

  @Test
  void commandLine_isKnownToCommandsOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.weir.local", "..command..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(CLASSES);
  }

  @Test
  void serverArtefacts_areKnownToServerOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..server..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("kafka.server..", "io.zonky..")
        .check(CLASSES);
  }

  @Test
  void packages_doNotImportTheirParent() {
    noClasses()
        .that()
        .resideInAPackage("io.weir.local.*..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.weir.local")
        .check(CLASSES);
  }

  @Test
  void packages_formNoCycles() {
    slices().matching("io.weir.local.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void catchAllPackages_doNotExist() {
    noClasses().should().resideInAnyPackage("..common..", "..util..", "..shared..").check(CLASSES);
  }
}
