package io.weir.training.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.training.table.ColumnKind;
import io.weir.training.table.FeatureRows;
import io.weir.training.table.LearntColumn;
import io.weir.training.table.ServedColumns;
import io.weir.training.table.TableEncoding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingSnapshotTest {
  private static final TableEncoding ENCODING =
      new TableEncoding(
          List.of(
              new LearntColumn("device", ColumnKind.CATEGORY, List.of("desktop", "mobile")),
              new LearntColumn("carts", ColumnKind.NUMBER, List.of())),
          Map.of());

  private static final FeatureRows ROWS =
      new FeatureRows(
          new float[][] {{1, 0, 0}, {0, 1, 2}, {0, 1, Float.NaN}, {0, 0, 2}}, new boolean[4]);

  private static final TrainingSnapshot SNAPSHOT =
      TrainingSnapshot.of(
          ENCODING, ROWS, ServedColumns.NONE, new double[] {0.001, 0.03, 0.04, 0.95});

  @Test
  void columns_haveTheSharesOfTheirClasses() {
    assertThat(SNAPSHOT.columns().getFirst().shares()).containsExactly(0.25, 0.5, 0.25, 0.0);
    assertThat(SNAPSHOT.columns().getLast().column().edges()).containsExactly(2f);
    assertThat(SNAPSHOT.columns().getLast().shares()).containsExactly(0.25, 0.5, 0.25);
    assertThat(SNAPSHOT.columns().getLast().missing()).isEqualTo(0.25);
    assertThat(SNAPSHOT.scores().shares()).startsWith(0.25, 0.0, 0.0, 0.5, 0.0);
    assertThat(SNAPSHOT.scores().shares().get(13)).isEqualTo(0.25);
  }

  @Test
  void columnThatIsServedOtherwise_isTakenAsServed() {
    var served = new ServedColumns(List.of("carts"), new float[][] {{5}, {5}, {6}, {6}});

    TrainingSnapshot snapshot = TrainingSnapshot.of(ENCODING, ROWS, served, new double[] {0.1});

    assertThat(snapshot.columns().getFirst()).isEqualTo(SNAPSHOT.columns().getFirst());
    assertThat(snapshot.columns().getLast().column().edges()).containsExactly(6f);
    assertThat(snapshot.columns().getLast().shares()).containsExactly(0.5, 0.5, 0.0);
  }

  @Test
  void file_isReadAsItWasWritten() throws IOException {
    assertThat(TrainingSnapshot.parse(SNAPSHOT.json())).isEqualTo(SNAPSHOT);
  }

  @Test
  void otherColumns_areNotThoseOfTheSnapshot() {
    var others = new TableEncoding(ENCODING.columns().subList(0, 1), Map.of());
    var renamed =
        new TableEncoding(
            List.of(
                ENCODING.columns().getFirst(),
                new LearntColumn("searches", ColumnKind.NUMBER, List.of())),
            Map.of());

    assertThat(SNAPSHOT.isOf(ENCODING)).isTrue();
    assertThat(SNAPSHOT.isOf(others)).isFalse();
    assertThat(SNAPSHOT.isOf(renamed)).isFalse();
  }

  @Test
  void aFileThatIsNoSnapshot_isRefused() {
    for (String text : List.of("", "null", "{}", "{\"format\": 2}", "[]")) {
      assertThatThrownBy(() -> TrainingSnapshot.parse(text.getBytes(StandardCharsets.UTF_8)))
          .as(text)
          .isInstanceOf(IOException.class);
    }
  }
}
