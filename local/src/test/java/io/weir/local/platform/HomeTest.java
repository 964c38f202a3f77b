package io.weir.local.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.process.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void modelsOfTables_areNamedLikeTheTables() {
    var home = new Home(folder);

    assertThat(home.trainedOn(Path.of("data/orders.2025.csv")))
        .isEqualTo(home.trainedOn(Path.of("orders.2025.csv.gz")))
        .isNotEqualTo(home.trainedOn(Path.of("data/orders.2026.csv")));
  }

  @Test
  void deleteData_leavesEverythingElse() throws IOException {
    var home = new Home(folder);
    home.create();
    Files.createDirectories(home.kafka().resolve("topic-0"));
    Files.writeString(home.kafka().resolve("topic-0/log"), "x");
    Files.createDirectories(home.model());
    Files.writeString(home.model().resolve("model.json"), "{}");
    Files.writeString(folder.resolve("logs/stream.log"), "x");

    home.deleteData();

    assertThat(home.data()).doesNotExist();
    assertThat(home.model().resolve("model.json")).exists();
    assertThat(folder.resolve("logs/stream.log")).exists();
  }

  @Test
  void deleteData_doesNotFollowLinks() throws IOException {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("precious"), "x");
    var home = new Home(folder.resolve("home"));
    home.create();
    Files.createSymbolicLink(home.data().resolve("link"), elsewhere);

    home.deleteData();

    assertThat(elsewhere.resolve("precious")).exists();
  }

  @Test
  void unwritableFolder_namesTheOption() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThatThrownBy(() -> new Home(file.resolve("home")).create())
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("--dir");
  }

  @Test
  void lock_isHeldByOne() {
    var home = new Home(folder);
    try (HomeLock _ = HomeLock.tryTake(home).orElseThrow()) {
      assertThat(HomeLock.tryTake(home)).isEmpty();
    }
    HomeLock again = HomeLock.tryTake(home).orElseThrow();
    again.close();
  }

  @Test
  void runFile_isReadAsWritten() {
    var run =
        new RunFile(
            4711,
            Instant.ofEpochMilli(99),
            new Ports(1, 2, 3, 4, 5, 6),
            4,
            Optional.of(7),
            false,
            Map.of("WEIR_STREAM_MAX_EVENT_AGE", "36500d"));
    var home = new Home(folder);

    run.write(home.runFile());

    assertThat(RunFile.read(home.runFile())).contains(run);
    assertThat(run.catalogue(new Checkout(folder), home).clientSettings())
        .as("for the commands beside it")
        .containsEntry("WEIR_STREAM_MAX_EVENT_AGE", "36500d");
  }

  @Test
  void runFile_absentOrDamaged() throws IOException {
    Path file = folder.resolve("run.json");

    assertThat(RunFile.read(file)).isEmpty();
    Files.writeString(file, "{\"started\":");
    assertThatThrownBy(() -> RunFile.read(file))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("delete it");
  }

  @Test
  void unbuiltModule_isNamedWithTheCommandThatBuildsIt() {
    assertThatThrownBy(() -> new Checkout(folder).classPath("stream-app"))
        .isInstanceOf(StartupException.class)
        .hasMessage("module stream-app in " + folder + " is not built: run ./weir build there");
  }
}
