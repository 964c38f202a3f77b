package io.weir.local.toolchain;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.local.toolchain.BareMachine.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search of ./weir and ./mvnw for JDK and Maven, and their answer where one is missing. */
class ToolchainTest {
  private static final List<String> SCRIPTS =
      List.of("weir", "mvnw", "build-config/toolchain.sh", "build-config/words");

  private static final String APT_INSTALL =
      "apt-get install --yes --no-install-recommends openjdk-25-jdk-headless maven";

  /** Like apt-cache, it prints more after the line that matters, so nobody may close its pipe. */
  private static final String HAS_CANDIDATE =
      "echo '  Candidate: 25.0.1'; for i in {1..20000}; do echo '  Version table:'; done";

  private static final Map<String, String> AGREED = Map.of("WEIR_INSTALL", "1");

  @TempDir Path folder;
  private BareMachine machine;
  private String weir;
  private String mvnw;

  @BeforeEach
  void copyScripts() throws IOException {
    machine = new BareMachine(folder.resolve("machine"));
    Path root = Path.of("..").toAbsolutePath().normalize();
    Path copy = folder.resolve("project");
    Files.createDirectories(copy.resolve("build-config"));
    for (String script : SCRIPTS) {
      Files.copy(root.resolve(script), copy.resolve(script));
      assertThat(copy.resolve(script).toFile().setExecutable(true)).isTrue();
    }
    weir = copy.resolve("weir").toString();
    mvnw = copy.resolve("mvnw").toString();
  }

  @Test
  void olderDefaultJdk_isNamedWithTheOneNeeded() {
    Path old = machine.jdk("17.0.15");

    Outcome outcome = machine.run(Map.of("JAVA_HOME", old.toString()), mvnw, "validate");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.output())
        .contains("no JDK 25 or newer found", "JAVA_HOME (" + old + ")", old + " (Java 17)");
  }

  @Test
  void newerJdkBesideAnOldJavaHome_isTaken() {
    Path old = machine.jdk("17.0.15");
    Path wanted = machine.jdk("25.0.1");
    machine.program("mvn", "echo Apache Maven 3.9.9; echo \"with $JAVA_HOME\"");

    Outcome outcome = machine.run(Map.of("JAVA_HOME", old.toString()), weir, "test");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.output()).contains("with " + wanted);
  }

  @Test
  void java8_isOlderThan25() {
    Path old = machine.jdk("1.8.0_402");

    Outcome outcome = machine.run(Map.of(), mvnw, "validate");

    assertThat(outcome.output()).contains(old + " (Java 8)");
  }

  @Test
  void nothingInstalledAndNoTerminal_endsWithTheCommandAndRunsNothing() {
    machine.withAptLists().program("apt-cache", HAS_CANDIDATE).program("apt-get", "");

    Outcome outcome = machine.run(Map.of(), weir, "demo");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.output()).contains("JDK 25 and Maven needed", "  " + APT_INSTALL, "--yes");
    assertThat(machine.calls()).noneMatch(call -> call.startsWith("apt-get"));
  }

  @Test
  void agreedByOption_installsAndGoesOnWithTheNewJdk() {
    machine
        .withAptLists()
        .program("apt-cache", HAS_CANDIDATE)
        .program("apt-get", machine.installation("25.0.1"));

    Outcome outcome = machine.run(Map.of(), weir, "test", "--yes", "-pl", "contract");

    assertThat(machine.calls()).contains(APT_INSTALL);
    assertThat(outcome.output())
        .contains("test -pl contract with " + machine.jdks().resolve("jdk-25.0.1"));
    assertThat(outcome.code()).isZero();
  }

  @Test
  void onlyMavenIsMissing_onlyMavenIsInstalled() {
    machine.jdk("25.0.1");
    machine
        .withAptLists()
        .program("apt-cache", HAS_CANDIDATE)
        .program("apt-get", machine.installation("25.0.1"));

    machine.run(AGREED, weir, "test");

    assertThat(machine.calls()).contains("apt-get install --yes --no-install-recommends maven");
  }

  @Test
  void commandThatBuildsNothing_needsNoMaven() throws IOException {
    machine.jdk("25.0.1");
    built("local/target/classpath");
    built("process/target/classes/io/weir/process/jvm.args");

    Outcome outcome = machine.run(Map.of(), weir, "status");

    assertThat(outcome.output()).contains("java of");
    assertThat(outcome.code()).isZero();
  }

  private void built(String file) throws IOException {
    Path path = folder.resolve("project").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, "");
  }

  @Test
  void listsOfPackagesAbsent_areFetchedFirst() {
    machine
        .program("apt-cache", HAS_CANDIDATE)
        .program("apt-get", "[ \"$1\" = update ] || { " + machine.installation("25.0.1") + "\n}");

    Outcome outcome = machine.run(AGREED, weir, "test");

    assertThat(outcome.output()).contains("apt-get update && " + APT_INSTALL);
    assertThat(machine.calls()).containsSubsequence("apt-get update", APT_INSTALL);
    assertThat(outcome.code()).isZero();
  }

  @Test
  void systemWithoutSuchAPackage_saysWhatToDo() {
    machine.withAptLists().program("apt-cache", "echo '  Candidate: (none)'");
    machine.program("apt-get", "");

    Outcome outcome = machine.run(AGREED, weir, "demo");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.output()).contains("set JAVA_HOME", "Debian 12 and older have no JDK 25");
    assertThat(machine.calls()).noneMatch(call -> call.startsWith("apt-get"));
  }

  @Test
  void ordinaryUserWithoutSudo_isToldToBecomeRoot() {
    machine.withAptLists().program("apt-cache", HAS_CANDIDATE).program("apt-get", "");
    machine.program("id", "echo 1000");

    Outcome outcome = machine.run(AGREED, weir, "demo");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.output()).contains(APT_INSTALL, "as root");
    assertThat(machine.calls()).noneMatch(call -> call.startsWith("apt-get"));
  }

  @Test
  void ordinaryUserWithSudo_seesAndRunsSudo() {
    machine.withAptLists().program("apt-cache", HAS_CANDIDATE);
    machine.program("apt-get", machine.installation("25.0.1"));
    machine.program("id", "echo 1000").program("sudo", "exec \"$@\"");

    Outcome outcome = machine.run(AGREED, weir, "test");

    assertThat(outcome.output()).contains("sudo " + APT_INSTALL);
    assertThat(machine.calls()).contains(APT_INSTALL);
    assertThat(outcome.code()).isZero();
  }

  @Test
  void dnf_isUsedWhereItHasThePackages() {
    machine.program("dnf", "");

    Outcome outcome = machine.run(Map.of(), weir, "demo");

    assertThat(outcome.output()).contains("dnf install --assumeyes java-25-openjdk-devel maven");
  }

  @Test
  void homebrew_needsNoRoot() {
    machine.program("brew", "").program("id", "echo 501");

    Outcome outcome = machine.run(Map.of(), weir, "demo");

    assertThat(outcome.output()).contains("  brew install openjdk@25 maven");
  }

  @Test
  void sdkman_isUsedWhereAptHasNoSuchPackage() throws IOException {
    machine.withAptLists().program("apt-cache", "echo '  Candidate: (none)'");
    machine.program("apt-get", "");
    Path init = machine.home().resolve(".sdkman/bin/sdkman-init.sh");
    Files.createDirectories(init.getParent());
    Files.writeString(init, "sdk() { echo ' Temurin | 25.0.1 | tem | | 25.0.1-tem '; }\n");

    Outcome outcome = machine.run(Map.of(), weir, "demo");

    assertThat(outcome.output()).contains("sdk install java 25.0.1-tem && sdk install maven");
  }

  @Test
  void installationFails_saysWhichCommandFailed() {
    machine.withAptLists().program("apt-cache", HAS_CANDIDATE).program("apt-get", "exit 100");

    Outcome outcome = machine.run(AGREED, weir, "test");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.output()).contains("the installation failed: " + APT_INSTALL);
  }
}
