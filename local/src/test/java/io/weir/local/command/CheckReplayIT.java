package io.weir.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CheckReplayIT {

  /** The folder of {@code WEIR_TEST_DATA}, else the folder beside the checkout. */
  private static Path testData() {
    String given = System.getenv("WEIR_TEST_DATA");
    Path beside = Path.of(System.getProperty("weir.root", "..")).resolve("../shared/data");
    return given == null ? beside : Path.of(given);
  }

  @ParameterizedTest
  @ValueSource(strings = {"apache_combined_2015-05", "wikimedia_readers_2014-01"})
  void recordedEvents_giveExactlyTheExpectedSessions(String name) {
    Path events = testData().resolve("events").resolve(name + ".jsonl.gz");
    Path expected = testData().resolve("expected").resolve(name).resolve("sessions.csv.gz");
    if (!Files.exists(events)) {
      System.out.println("skipped: " + events + " is absent; WEIR_TEST_DATA names the folder");
    }
    assumeTrue(Files.exists(events), "no test data");

    int code =
        new CommandLine(new CheckReplayCommand())
            .execute(events.toString(), expected.toString(), "--json");

    assertThat(code).isZero();
  }
}
