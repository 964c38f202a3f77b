package io.weir.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.scoring.fixture.PlantedSessions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  @TempDir Path folder = Path.of("");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void train_printsOneLine() {
    PlantedSessions.write(folder.resolve("s.avro"), PlantedSessions.planted(800, new Random(3)));

    int exit = run("train", "--sessions", in("s.avro"), "--out", in("m"), "--trees", "10");

    assertThat(exit).isZero();
    assertThat(out.toString())
        .matches(
            "trained conversion \\S+: 800 rows, \\d+ positives, \\d+ trees, AUC 0\\.\\d{4},"
                + " log loss 0\\.\\d{4} \\(constant 0\\.\\d{4}\\), \\d+\\.\\d seconds\n");
    assertThat(folder.resolve("m/model.json")).exists();
  }

  @Test
  void train_printsTheCardAsJson() {
    PlantedSessions.write(folder.resolve("s.avro"), PlantedSessions.planted(800, new Random(3)));

    int exit = run("train", "--sessions", in("s.avro"), "--out", in("m"), "--trees=5", "--json");

    assertThat(exit).isZero();
    assertThat(folder.resolve("m/card.json")).hasContent(out.toString().strip());
  }

  @Test
  void refusal_isOneLineAndExitsWithTwo() {
    int exit = run("train", "--sessions", in("none.avro"), "--out", in("m"));

    assertThat(exit).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo("--sessions " + in("none.avro") + " is not a file that can be read\n");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void unknownOption_exitsWithTwo() {
    assertThat(run("train", "--session", "x")).isEqualTo(2);
    assertThat(err.toString()).contains("--sessions");
  }

  private String in(String name) {
    return folder.resolve(name).toString();
  }

  private int run(String... arguments) {
    return Main.commandLine(Clock.systemUTC())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }
}
