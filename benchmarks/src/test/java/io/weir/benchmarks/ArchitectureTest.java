package io.weir.benchmarks;

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
          .importPackages("io.weir.benchmarks");

  @Test
  void packages_doNotImportTheirParent() {
    noClasses()
        .that()
        .resideInAPackage("io.weir.benchmarks.*..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.weir.benchmarks")
        .check(CLASSES);
  }

  @Test
  void packages_formNoCycles() {
    slices().matching("io.weir.benchmarks.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void processes_areStartedByTheProcessPackageOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages("..process..", "..comparison..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.weir.local.process..", "io.weir.local.server..")
        .check(CLASSES);
  }
}
