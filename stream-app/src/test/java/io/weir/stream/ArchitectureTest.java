package io.weir.stream;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.weir.stream.session.visitor.VisitorState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.weir.stream");

  private static final List<String> OUTSIDE_OF_SESSION =
      List.of("java..", "org.jspecify..", "io.weir.contract.avro..");

  @Test
  void purePackages_knowOnlyTheJdkAndTheContractsRecords() {
    classes()
        .that()
        .resideInAnyPackage("io.weir.stream.session..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java.lang..",
            "java.math..",
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
            "com.github.benmanes.caffeine..",
            "com.maxmind.db..",
            "crawlercommons.domains..",
            "nl.basjes.parse.useragent..",
            "io.weir.contract..",
            "io.weir.stream.ingest..",
            "io.weir.stream.enrich..")
        .check(CLASSES);
    classes()
        .that()
        .resideInAnyPackage("io.weir.stream.gold..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.jspecify..",
            "io.weir.contract..",
            "io.weir.stream.session.bytes..",
            "io.weir.stream.session.text..",
            "io.weir.stream.session.touch..",
            "io.weir.stream.session.sums..",
            "io.weir.stream.gold..")
        .check(CLASSES);
  }

  @Test
  void purePackages_readNoClock() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.weir.stream.session..",
            "io.weir.stream.ingest..",
            "io.weir.stream.enrich..",
            "io.weir.stream.gold..")
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
        .resideOutsideOfPackage("io.weir.stream.query.http..")
        .and()
        // Micronaut generates classes beside records that Jackson's annotations mark.
        .haveNameNotMatching(".*\\.\\$.*")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.micronaut..", "jakarta.inject..")
        .check(CLASSES);
  }

  @Test
  void packages_doNotKnowTheirParents() {
    classes().should(notKnowTheirParents()).check(CLASSES);
  }

  private static ArchCondition<JavaClass> notKnowTheirParents() {
    return new ArchCondition<>("not know their parents") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
          String known = dependency.getTargetClass().getPackageName();
          if (known.startsWith("io.weir.stream") && type.getPackageName().startsWith(known + ".")) {
            events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
          }
        }
      }
    };
  }

  @Test
  void packages_formNoCycles() {
    slices().matching("io.weir.stream.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void otherApps_areStrangers() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.weir.simulator..",
            "io.weir.lake..",
            "io.weir.sink..",
            "io.weir.tools..",
            "io.weir.scoring..",
            "io.weir.testkit..")
        .check(CLASSES);
  }

  @Test
  void timers_haveOneOwner() {
    noClasses()
        .that()
        .doNotHaveSimpleName("Timers")
        .should()
        .callMethod(VisitorState.class, "setTimers", long.class, long.class)
        .check(CLASSES);
  }

  /**
   * A package of the session knows only itself, the packages before it in this list, and the rules.
   */
  @Test
  void session_isMadeOfLayers() {
    var session = "io.weir.stream.session";
    List<String> upwards = List.of("bytes", "text", "touch", "sums", "visitor");
    for (int i = 0; i < upwards.size(); i++) {
      var known = new ArrayList<>(OUTSIDE_OF_SESSION);
      known.add(session + ".rules");
      upwards.subList(0, i + 1).forEach(layer -> known.add(session + "." + layer));
      classes()
          .that()
          .resideInAPackage(session + "." + upwards.get(i))
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(known.toArray(String[]::new))
          .check(CLASSES);
    }
    noClasses()
        .that()
        .resideInAPackage(session + "..")
        .and()
        .resideOutsideOfPackage(session + ".codec")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(session + ".codec")
        .check(CLASSES);
  }
}
