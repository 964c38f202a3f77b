package io.weir.tools.size;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The calculator: more traffic never needs less, and impossible traffic is refused. */
class SizeCommandTest {
  @Test
  void smallShop_needsTheLeast() {
    String text = run("--events-per-second 50 --visitors 20000", 0);

    assertThat(text)
        .startsWith("WEIR_TOPIC_PARTITIONS=12\n")
        .contains("stream-app           2")
        .contains("lake-sink            1");
  }

  @Test
  void cores_areThoseOfThePeak() {
    var retention = new Retention(7, 3, 90, 400, 400);
    var calm = new Sizing(new Inflow(40_000, 1, 10, 1e6, 1e7), retention);
    var busy = new Sizing(new Inflow(40_000, 4, 10, 1e6, 1e7), retention);

    assertThat(busy.needs().getFirst().cores())
        .isEqualTo(4 * calm.needs().getFirst().cores(), within(1e-9));
    assertThat(busy.partitions()).isGreaterThan(calm.partitions());
    assertThat(busy.needs().getLast()).isEqualTo(calm.needs().getLast());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " ~ ",
      textBlock =
          """
          --kafka-days 14 ~ Kafka
          --replication 4 ~ Kafka
          --bronze-days 200 ~ lake
          --silver-days 800 ~ lake
          --gold-days 800 ~ PostgreSQL
          --lifetime-visitors 90000000 ~ stream-app
          """)
  void longerRetention_needsMoreDisk(String option, String part) {
    String usual = "--events-per-second 2000 --visitors 1000000";

    assertThat(row(run(usual + " " + option, 0), part)).isNotEqualTo(row(run(usual, 0), part));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " ~ ",
      textBlock =
          """
          --events-per-second 0 --visitors 10 ~ --events-per-second must be more than 0
          --events-per-second NaN --visitors 10 ~ --events-per-second must be more than 0
          --events-per-second 1 --visitors 100000 ~ more than the events of a day
          --events-per-second 9 --visitors 10 --peak 0.5 ~ --peak must be 1 or more
          --events-per-second 9 --visitors 10 --lifetime-visitors 5 ~ must not be less than --visitors
          --events-per-second 9 --visitors 10 --peak NaN ~ --peak must be 1 or more
          --events-per-second 9 --visitors 10 --lifetime-visitors 0 ~ must be more than 0
          --events-per-second 9 --visitors 10 --lifetime-visitors -4 ~ must be more than 0
          --events-per-second 9 --visitors 10 --lifetime-visitors NaN ~ must be more than 0
          --events-per-second 9 --visitors 10 --replication 0 ~ --replication must be 1 or more
          --events-per-second 9e9 --visitors 10 ~ more than was ever tried
          """)
  void impossibleTraffic_isRefused(String options, String complaint) {
    assertThat(run(options, 2)).contains(complaint);
  }

  @Test
  void sizes_haveTheUnitThatIsReadBest() {
    assertThat(Stream.of(0d, 9_999d, 10_000d, 9_999_000d, 12_000_000d).map(SizeCommand::megabytes))
        .containsExactly("-", "9999 MB", "10 GB", "9999 GB", "12 TB");
  }

  private static String row(String text, String part) {
    return text.lines().filter(line -> line.startsWith(part + " ")).findFirst().orElseThrow();
  }

  private static String run(String options, int code) {
    var out = new StringWriter();
    var line = new CommandLine(new SizeCommand()).setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(out));
    String[] arguments = Arrays.stream(options.split(" ")).toArray(String[]::new);
    assertThat(line.execute(arguments)).as(out.toString()).isEqualTo(code);
    return out.toString();
  }
}
