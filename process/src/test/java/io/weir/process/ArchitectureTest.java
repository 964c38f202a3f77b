package io.weir.process;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private final JavaClasses code =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.weir.process");

  @Test
  void rooms_knowTheStartButNotEachOther() {
    slices()
        .matching("io.weir.process.(*)..")
        .should()
        .notDependOnEachOther()
        .ignoreDependency(alwaysTrue(), resideInAPackage("io.weir.process.access"))
        .check(code);
    noClasses()
        .that()
        .resideInAPackage("io.weir.process.access")
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.weir.process..")
                .and(not(resideInAPackage("io.weir.process.access"))))
        .check(code);
  }

  @Test
  void packages_formNoCycles() {
    slices().matching("(**)").should().beFreeOfCycles().check(code);
  }

  @Test
  void start_knowsNoStreamAndNoCommandLine() {
    noClasses()
        .that()
        .resideInAPackage("io.weir.process")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka.streams..", "picocli..")
        .check(code);
  }

  @Test
  void optionalLibraries_areKnownToTheirRoomOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.weir.process.streams")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.kafka.streams..")
        .check(code);
    noClasses()
        .that()
        .resideOutsideOfPackage("io.weir.process.command")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(code);
  }
}
