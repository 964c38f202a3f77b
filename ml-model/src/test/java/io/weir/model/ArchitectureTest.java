package io.weir.model;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.weir.model");

  @Test
  void features_arePureBesideTheSessionRecord() {
    classes()
        .that()
        .resideInAPackage("io.weir.model.feature")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.weir.model.feature",
            "io.weir.contract.avro",
            "java.lang..",
            "java.security",
            "java.nio",
            "java.nio.charset",
            "java.util..",
            "org.jspecify..")
        .check(CLASSES);
  }
}
