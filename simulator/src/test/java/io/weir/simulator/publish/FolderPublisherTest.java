package io.weir.simulator.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderPublisherTest {
  @TempDir private Path folder = Path.of("");
  private final ManualClock clock = new ManualClock(Instant.EPOCH);

  @Test
  void file_appearsCompleteWhenItIsOld() {
    FolderPublisher publisher = FolderPublisher.to(folder, 1, clock);
    publisher.publish(null, new byte[] {'x', 'y'}, 1);

    publisher.idle();
    assertThat(folder.resolve("events-000001.jsonl")).doesNotExist();
    clock.advance(Duration.ofSeconds(10));
    publisher.idle();

    assertThat(folder.resolve("events-000001.jsonl")).hasContent("x");
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  void file_full_isFollowedByTheNext() {
    var line = new byte[1 << 20];
    try (FolderPublisher publisher = FolderPublisher.to(folder, 1, clock)) {
      for (int i = 0; i < 65; i++) {
        publisher.publish(null, line, line.length);
      }
    }

    assertThat(folder.resolve("events-000001.jsonl")).hasSize(64L * (line.length + 1));
    assertThat(folder.resolve("events-000002.jsonl")).hasSize(line.length + 1);
  }
}
