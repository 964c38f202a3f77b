package io.weir.training.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.process.StartupException;
import io.weir.training.quality.TruthComparison.Truth;
import io.weir.training.session.LabelledRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrueChancesTest {
  @TempDir Path folder = Path.of("");

  @Test
  void chances_areFoundByVisitorAndTime() throws IOException {
    Path file =
        file(
            "{\"kind\":\"summary\",\"produced\":9}",
            chance("session", "a", 5, 0.5),
            chance("session", "b", 5, 0.25),
            chance("impression", "a", 6, 0.75));

    Truth truth =
        TrueChances.read(file, "session").of(List.of(row("b", 5), row("a", 5), row("a", 6)));

    assertThat(truth.hidden()).containsExactly(0.25, 0.5, Double.NaN);
    assertThat(truth.knowable()).containsExactly(0.125, 0.25, Double.NaN);
  }

  @Test
  void twoOfOneVisitorAndTime_areUnknown() throws IOException {
    Path file =
        file(
            chance("impression", "a", 5, 0.5),
            chance("impression", "a", 5, 0.25),
            chance("impression", "b", 5, 0.25));

    assertThat(TrueChances.read(file, "impression").of(List.of(row("a", 5))).hidden())
        .containsExactly(Double.NaN);
  }

  @Test
  void fileWithoutChances_isOneLine() throws IOException {
    Path file = file("{\"kind\":\"summary\",\"produced\":9}");

    assertThatThrownBy(() -> TrueChances.read(file, "session"))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("--chances");
  }

  private Path file(String... lines) throws IOException {
    return Files.write(folder.resolve("truth.jsonl"), List.of(lines));
  }

  private static String chance(String kind, String visitor, long time, double hidden) {
    return "{\"kind\":\"chance\",\"of\":\"%s\",\"visitor\":\"%s\",\"time\":%d,\"hidden\":%s,\"knowable\":%s}"
        .formatted(kind, visitor, time, hidden, hidden / 2);
  }

  private static LabelledRow row(String visitor, long time) {
    return new LabelledRow(visitor, time, true, new float[0], new float[0]);
  }
}
