package io.weir.tools;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.weir.tools");

  @Test
  void repairOfARefusedRecord_knowsNoServer() {
    noClasses()
        .that()
        .haveNameMatching("io.weir.tools.replay.(Fix|Fixes|FixParser|FieldPath|PathParser).*")
        .and()
        .haveSimpleNameNotEndingWith("Options")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache..", "java.nio.file..", "io.weir.lake..")
        .check(CLASSES);
  }

  @Test
  void packages_haveNoCircles() {
    SlicesRuleDefinition.slices()
        .matching("io.weir.tools.(*)..")
        .should()
        .beFreeOfCycles()
        .check(CLASSES);
  }

  @Test
  void packages_doNotKnowTheirParent() {
    noClasses()
        .that()
        .resideInAPackage("io.weir.tools.*")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.weir.tools")
        .check(CLASSES);
  }

  @Test
  void commandLine_staysAtTheEdge() {
    noClasses()
        .that()
        .haveNameNotMatching(".*\\.(Main|[A-Z]\\w*Command|[A-Z]\\w*Options)(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("picocli..", "io.micronaut..")
        .check(CLASSES);
  }

  @Test
  void theServiceAndOtherPrograms_areNotKnown() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.weir.sink..", "io.weir.stream..", "io.weir.scoring..", "io.weir.simulator..")
        .check(CLASSES);
  }
}
