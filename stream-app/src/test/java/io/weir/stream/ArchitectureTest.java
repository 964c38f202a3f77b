package io.weir.stream;

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
          .importPackages("io.weir.stream");

  @Test
  void purePackages_knowOnlyTheJdkAndTheContractsRecords() {
    classes()
        .that()
        .resideInAnyPackage("io.weir.stream.session..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java.lang..",
            "java.util..",
            "java.time..",
            "java.nio..",
            "java.security..",
            "org.jspecify..",
            "io.weir.contract.avro..",
            "io.weir.stream.session..")
        .check(CLASSES);
    classes()
        .that()
        .resideInAnyPackage("io.weir.stream.ingest..", "io.weir.stream.enrich..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.jspecify..",
            "javax.crypto..",
            "com.fasterxml.jackson.core..",
            "com.maxmind.db..",
            "crawlercommons.domains..",
            "nl.basjes.parse.useragent..",
            "io.weir.contract..",
            "io.weir.stream.ingest..",
            "io.weir.stream.enrich..")
        .check(CLASSES);
  }

  @Test
  void purePackages_readNoClock() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.weir.stream.session..", "io.weir.stream.ingest..", "io.weir.stream.enrich..")
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(java.time.Clock.class)
        .check(CLASSES);
  }

  @Test
  void micronaut_staysAtTheEdge() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.weir.stream.session..",
            "io.weir.stream.ingest..",
            "io.weir.stream.enrich..",
            "io.weir.stream.processor..",
            "io.weir.stream.ops..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.micronaut..")
        .check(CLASSES);
  }

  @Test
  void subpackages_doNotKnowTheirParent() {
    noClasses()
        .that()
        .resideInAPackage("io.weir.stream.*..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.weir.stream")
        .check(CLASSES);
  }

  @Test
  void otherApps_areStrangers() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.weir.simulator..", "io.weir.sink..", "io.weir.scoring..", "io.weir.testkit..")
        .check(CLASSES);
  }
}
