package io.weir.training.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.contract.avro.Session;
import io.weir.model.feature.SessionFeatures;
import io.weir.model.feature.SessionRates;
import io.weir.process.StartupException;
import io.weir.testkit.TestSessions;
import io.weir.training.session.LakeSessions.Range;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LakeSessionsTest {
  private static final Range ALL = new Range(Optional.empty(), Optional.empty(), Optional.empty());
  private static final long MINUTE = 60_000;

  private final SessionLake lake = new SessionLake();

  @AfterEach
  void close() {
    lake.close();
  }

  @Test
  void rows_giveTheVectorsOfTheSessions() {
    List<Session> sessions = PlantedSessions.planted(300, new Random(1));
    lake.append(sessions);

    SessionSet read = LakeSessions.read(lake.table(), ALL);

    assertThat(read.snapshot()).isEqualTo(lake.table().currentSnapshot().snapshotId());
    List<LabelledSession> labelled = read.usable();
    assertThat(labelled).hasSize(300);
    for (int at = 0; at < 300; at++) {
      assertThat(labelled.get(at).vector())
          .containsExactly(
              SessionFeatures.of(sessions.get(at), SessionRates.Seen.NOTHING).values());
      assertThat(labelled.get(at).isConverted()).isEqualTo(sessions.get(at).getIsConverted());
    }
  }

  @Test
  void range_isFromInclusiveToExclusive() {
    lake.append(PlantedSessions.planted(300, new Random(1)));
    Instant from = Instant.ofEpochMilli(TestSessions.START + 10 * MINUTE);
    Instant to = Instant.ofEpochMilli(TestSessions.START + 20 * MINUTE);

    SessionSet read =
        LakeSessions.read(
            lake.table(), new Range(Optional.of(from), Optional.of(to), Optional.empty()));

    assertThat(read.usable()).hasSize(10);
    assertThat(read.usable().getFirst().start()).isEqualTo(from.toEpochMilli());
  }

  @Test
  void snapshot_isReadAgainAfterLaterCommits() {
    lake.append(PlantedSessions.planted(300, new Random(1)));
    long first = lake.table().currentSnapshot().snapshotId();
    lake.append(List.of(TestSessions.session("late", 1).build()));

    assertThat(LakeSessions.read(lake.table(), at(first)).usable()).hasSize(300);
    assertThat(LakeSessions.read(lake.table(), ALL).usable()).hasSize(301);
    assertThatThrownBy(() -> LakeSessions.read(lake.table(), at(1)))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("silver.sessions has no snapshot 1");
  }

  @Test
  void emptyTable_isOneLine() {
    assertThatThrownBy(() -> LakeSessions.read(lake.table(), ALL))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("silver.sessions is empty");
  }

  private static Range at(long snapshot) {
    return new Range(Optional.empty(), Optional.empty(), Optional.of(snapshot));
  }
}
