package io.weir.sink;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
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
          .importPackages("io.weir.sink");

  @Test
  void decisionsOfTheWriters_arePure() {
    assertPure("io.weir.sink.write.(RollPolicy|Ranks|KnownRanks|UpsertPlan).*");
  }

  @Test
  void httpServer_isKnownToOpsOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.weir.sink.ops")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.sun.net.httpserver..")
        .check(CLASSES);
  }

  @Test
  void packages_doNotKnowTheirParent() {
    noClasses()
        .that()
        .resideInAPackage("io.weir.sink.*")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.weir.sink")
        .check(CLASSES);
  }

  @Test
  void packages_haveNoCircles() {
    SlicesRuleDefinition.slices()
        .matching("io.weir.sink.(*)..")
        .should()
        .beFreeOfCycles()
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
  void otherApps_areNotKnown() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.weir.tools..", "io.weir.stream..", "io.weir.scoring..", "io.weir.simulator..")
        .check(CLASSES);
  }

  /** Pure code uses the JDK without files, clocks and threads, and never looks into rows. */
  private static void assertPure(String names) {
    classes()
        .that()
        .haveNameMatching(names)
        .should()
        .onlyDependOnClassesThat()
        .haveNameMatching(
            "java\\.(lang|util|time)\\..*|org\\.jspecify\\..*|.*\\[\\]"
                + "|io\\.weir\\.sink\\.write\\.(RollPolicy|Ranks|KnownRanks|UpsertPlan|KeyedRow|Row)"
                + ".*")
        .check(CLASSES);
  }
}
