package io.weir.scoring.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.contract.avro.Session;
import io.weir.process.StartupException;
import io.weir.scoring.fixture.PlantedSessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingSetTest {
  @TempDir Path folder = Path.of("");

  @Test
  void file_givesEverySessionOnce() {
    TrainingSet set = TrainingSet.read(file(planted(1_000)), 1);

    assertThat(set.rows()).isEqualTo(1_000);
    assertThat(set.train().size()).isBetween(640, 760);
    assertThat(set.test().size()).isBetween(100, 200);
    assertThat(set.leftOut()).isZero();
  }

  @Test
  void newestRevision_counts() {
    List<Session> sessions = planted(500);
    long positives = sessions.stream().filter(Session::getIsConverted).count();
    Session changed = sessions.stream().filter(s -> !s.getIsConverted()).findFirst().orElseThrow();
    Session revised = Session.newBuilder(changed).setRevision(2).setIsConverted(true).build();
    sessions.addFirst(revised);

    assertThat(TrainingSet.read(file(sessions), 1).positives()).isEqualTo((int) positives + 1);
  }

  @Test
  void botsAndRetracted_areLeftOut() {
    List<Session> sessions = planted(500);
    sessions.set(3, Session.newBuilder(sessions.get(3)).setIsBot(true).build());
    sessions.add(Session.newBuilder(sessions.get(4)).setRevision(1).setIsRetracted(true).build());

    TrainingSet set = TrainingSet.read(file(sessions), 1);

    assertThat(set.rows()).isEqualTo(498);
    assertThat(set.leftOut()).isEqualTo(2);
  }

  @Test
  void visitor_isInOnePartOnly() {
    for (int visitor = 0; visitor < 100; visitor++) {
      String first = VisitorSplit.choose("v" + visitor, 9, "train", "validation", "test");

      assertThat(VisitorSplit.choose("v" + visitor, 9, "train", "validation", "test"))
          .isEqualTo(first);
    }
  }

  @Test
  void tooFewRows_areRefused() {
    assertRefused(planted(199), "too few sessions to train on: 199");
  }

  @Test
  void tooFewPositives_areRefused() {
    List<Session> sessions = new ArrayList<>();
    for (Session session : planted(500)) {
      sessions.add(Session.newBuilder(session).setIsConverted(false).build());
    }

    assertRefused(sessions, "0 of 500 sessions converted");
  }

  @Test
  void missingFile_isRefused() {
    assertThatThrownBy(() -> TrainingSet.read(folder.resolve("none.avro"), 1))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("none.avro is not a file that can be read");
  }

  @Test
  void otherFile_isRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("text.avro"), "hello");

    assertThatThrownBy(() -> TrainingSet.read(text, 1))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("text.avro is not an Avro file of sessions");
  }

  @Test
  void truncatedFile_isRefused() throws IOException {
    Path file = file(planted(1_000));
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));

    assertThatThrownBy(() -> TrainingSet.read(file, 1))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("it ends in the middle of a block");
  }

  private void assertRefused(List<Session> sessions, String message) {
    Path file = file(sessions);
    assertThatThrownBy(() -> TrainingSet.read(file, 1))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(message);
  }

  private Path file(List<Session> sessions) {
    Path file = folder.resolve("sessions.avro");
    PlantedSessions.write(file, sessions);
    return file;
  }

  private static List<Session> planted(int count) {
    return PlantedSessions.planted(count, new Random(3));
  }
}
