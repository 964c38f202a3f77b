package io.weir.lake;

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
          .importPackages("io.weir.lake");

  private static final String PROTOCOL =
      "(CommitState|CommitPlan|CommitProtocol|Guard|Ledger|Attempt|Marker|Offsets|CommitOutcome)";

  /** The protocol uses the JDK without files, clocks and threads, and never looks into rows. */
  @Test
  void protocol_isPure() {
    classes()
        .that()
        .haveNameMatching("io.weir.lake.commit." + PROTOCOL + ".*")
        .should()
        .onlyDependOnClassesThat()
        .haveNameMatching(
            "java\\.(lang|util|time)\\..*|org\\.jspecify\\..*|.*\\[\\]"
                + "|io\\.weir\\.lake\\.commit\\.(Available|Changes|Committer|CauseChain).*"
                + "|io\\.weir\\.lake\\.commit\\."
                + PROTOCOL
                + ".*")
        .check(CLASSES);
  }

  @Test
  void library_knowsNeitherHttpNorDuckDbNorACommandLine() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "com.sun.net.httpserver..",
            "java.net.http..",
            "io.micronaut..",
            "org.duckdb..",
            "org.jline..",
            "picocli..")
        .check(CLASSES);
  }

  @Test
  void packages_haveNoCircles() {
    SlicesRuleDefinition.slices()
        .matching("io.weir.lake.(*)..")
        .should()
        .beFreeOfCycles()
        .check(CLASSES);
  }

  @Test
  void packages_doNotKnowTheirParent() {
    noClasses()
        .that()
        .resideInAPackage("io.weir.lake.*")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.weir.lake")
        .check(CLASSES);
  }

  @Test
  void programs_areNotKnown() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.weir.sink..",
            "io.weir.tools..",
            "io.weir.stream..",
            "io.weir.scoring..",
            "io.weir.simulator..")
        .check(CLASSES);
  }
}
