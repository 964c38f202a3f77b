package io.weir.ingest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
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
          .importPackages("io.weir.ingest");

  @Test
  void formats_knowNoFilesNoKafkaAndNoClock() {
    classes()
        .that()
        .resideInAnyPackage("io.weir.ingest.event", "io.weir.ingest.format")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.weir.ingest.event",
            "io.weir.ingest.format",
            "com.fasterxml.jackson..",
            "org.jspecify..",
            "java.lang..",
            "java.io",
            "java.math",
            "java.nio",
            "java.nio.charset",
            "java.security",
            "java.time..",
            "java.util",
            "java.util.function",
            "java.util.stream")
        .check(code);
  }

  @Test
  void packages_neverImportTheirParent() {
    noClasses()
        .that()
        .resideInAPackage("io.weir.ingest.*")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.weir.ingest")
        .check(code);
  }

  @Test
  void packages_formNoCycles() {
    slices().matching("io.weir.ingest.(*)..").should().beFreeOfCycles().check(code);
  }

  @Test
  void commandLine_staysInTheRoot() {
    noClasses()
        .that()
        .resideInAPackage("io.weir.ingest.*")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(code);
  }

  @Test
  void producer_isUnknown() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.kafka.clients.producer..")
        .check(code);
  }
}
