package io.weir.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.GoldTopic;
import io.weir.contract.Topics;
import io.weir.lake.gold.GoldTables;
import io.weir.sink.gold.GroupOffsets;
import io.weir.sink.loop.TableFeeds;
import io.weir.sink.write.WriteBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The Helm chart scales lake-sink by the lag of its groups, so it names every table. */
class ScaledTablesTest {
  private static final Path TEMPLATE = Path.of("../helm/weir/templates/scaling.yaml");
  private static final Pattern PAIR = Pattern.compile("(?m)^ +\"(\\w+\\.\\w+)\" \"([\\w-]+)\"");

  @Test
  void chart_namesEveryTableWithItsTopic() throws IOException {
    var expected = new TreeMap<String, String>();
    Topics topics = Topics.of("t", 1, (short) 1, Duration.ofDays(1));
    new TableFeeds(topics, Clock.systemUTC(), new WriteBudget(1))
        .all()
        .forEach(feed -> expected.put(feed.spec().fullName(), feed.topic().name()));
    expected.put(GoldTables.SESSION_METRICS.fullName(), topics.sessions().name());
    expected.put(GoldTables.SESSION_SCORES.fullName(), topics.scores().name());
    expected.put(GoldTables.CHALLENGER_SCORES.fullName(), topics.challengerScores().name());
    expected.put(GoldTables.CLICK_SCORES.fullName(), topics.clickScores().name());
    expected.put(GoldTables.SESSION_RETURN_SCORES.fullName(), topics.returnScores().name());
    expected.put(GoldTables.IDENTITIES.fullName(), topics.identities().name());
    expected.put(GoldTables.CELLS.fullName(), GoldTopic.name("t-stream"));
    assertThat(expected.keySet())
        .containsAll(GoldTables.ALL.stream().map(each -> each.fullName()).toList());

    Map<String, String> named = new TreeMap<>();
    PAIR.matcher(Files.readString(TEMPLATE))
        .results()
        .forEach(pair ->
            named.put(
                pair.group(1),
                pair.group(1).equals("gold.cells")
                    ? "t-stream-" + pair.group(2)
                    : "t." + pair.group(2)));

    assertThat(named).isEqualTo(expected);
  }

  /** The chart writes the name of a group as this, with the table's name alone. */
  @Test
  void group_hasTheShortNameOfItsTable() {
    assertThat(GroupOffsets.group("clickstream", GoldTables.CELLS.view()))
        .isEqualTo("clickstream-sink-cells");
  }
}
