package io.weir.sink.write;

import static io.weir.testkit.TestRecords.NOON;
import static io.weir.testkit.TestRecords.bytes;
import static io.weir.testkit.TestRecords.retraction;
import static io.weir.testkit.TestRecords.score;
import static io.weir.testkit.TestRecords.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.AvroSerde;
import io.weir.contract.Topic;
import io.weir.contract.avro.Identity;
import io.weir.contract.avro.Session;
import io.weir.lake.gold.GoldTables;
import io.weir.lake.table.LakeTables;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import io.weir.sink.TestSink;
import io.weir.sink.loop.SinkLoop;
import io.weir.sink.loop.Until;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.class)
class UpsertIT {
  private static final long DAY = 86_400_000L;

  @Test
  void revisionsOverManyCommits_leaveOneRowPerLiveSession(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    SinkLoop loop = sessionLoop(lake, factory);
    var random = new Random(7);
    Map<String, Session> live = new TreeMap<>();
    Map<String, Integer> revisions = new HashMap<>();
    for (int commit = 0; commit < 12; commit++) {
      for (int i = 0; i < 30; i++) {
        Session next = next(random, revisions);
        lake.produce(topic(lake), partition(next), bytes(next));
        if (next.getIsRetracted()) {
          live.remove(next.getSessionKey());
        } else {
          live.put(next.getSessionKey(), next);
        }
      }
      settle(lake, loop, 30L * (commit + 1));
    }
    loop.close();

    assertThat(revisions(lake)).isEqualTo(revisionsOf(live));
    assertThat(sqlRevisions(lake)).isEqualTo(revisionsOf(live));
  }

  /**
   * The next random session: half the keys are new, the others get a higher revision, and some are
   * retracted or come back.
   */
  private static Session next(Random random, Map<String, Integer> revisions) {
    String key = "k" + random.nextInt(60);
    int revision = revisions.merge(key, 0, (before, _) -> before + 1);
    int day = Integer.parseInt(key.substring(1)) % 3;
    boolean isRetracted = revision > 0 && random.nextInt(4) == 0;
    return session(
        key,
        revision,
        builder -> builder.setStartTime(NOON + day * DAY).setIsRetracted(isRetracted));
  }

  @Test
  void firstRevisions_needNoDeleteFiles(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    SinkLoop loop = sessionLoop(lake, factory);
    lake.produce(topic(lake), 0, bytes(session("a", 0, _ -> {})));
    settle(lake, loop, 1);
    lake.produce(topic(lake), 0, bytes(session("b", 0, _ -> {})));
    settle(lake, loop, 2);
    loop.close();

    assertThat(lake.table(LakeTables.SESSIONS).currentSnapshot().summary())
        .containsEntry("total-delete-files", "0")
        .containsEntry("total-records", "2");
  }

  @Test
  void oldRevisionsAgain_afterRestart_changeNothing(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    SinkLoop first = sessionLoop(lake, factory);
    lake.produce(topic(lake), 0, bytes(session("a", 0, _ -> {})), bytes(session("a", 2, _ -> {})));
    settle(lake, first, 2);
    first.close();

    SinkLoop second = sessionLoop(lake, factory);
    lake.produce(topic(lake), 0, bytes(session("a", 0, _ -> {})), bytes(session("a", 1, _ -> {})));
    settle(lake, second, 4);
    second.close();

    assertThat(revisions(lake)).isEqualTo(Map.of("a", 2));
    assertThat(sqlRevisions(lake)).isEqualTo(Map.of("a", 2));
  }

  @Test
  void scores_areReplacedByRevision(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    Topic topic = lake.topics().scores();
    var loop =
        new SinkLoop(
            factory.parts(factory.feeds().scores(), lake.catalog()), factory.consumer("scores"));
    loop.start();
    lake.produce(topic, 0, bytes(score("a", 0, 0.1)), bytes(score("b", 0, 0.2)));
    Until.holds(() -> lake.rows(LakeTables.SCORES).size() == 2, loop);
    lake.produce(topic, 0, bytes(score("a", 1, 0.9)));
    String query = "SELECT session_key, conversion_score FROM silver.scores ORDER BY 1";
    Until.holds(() -> lake.sql(query, "--json").contains("0.9"), loop);
    loop.close();

    assertThat(lake.sql(query, "--json"))
        .isEqualTo(
            """
            {"session_key":"a","conversion_score":0.9}
            {"session_key":"b","conversion_score":0.2}
            """);
  }

  @Test
  void gold_holdsExactlyTheLiveSessions(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    SinkLoop loop = goldLoop(lake, factory);
    lake.produce(
        topic(lake),
        0,
        bytes(
            session(
                "a",
                1,
                builder ->
                    builder
                        .setRevenueE4(Map.of("EUR", 125_000L, "USD", 1L))
                        .setEntryPage("/a\0b"))),
        bytes(session("b", 0, _ -> {})),
        bytes(retraction("b", 1)));
    Until.holds(() -> keys(lake).equals("a1"), loop);
    lake.produce(
        topic(lake),
        0,
        bytes(session("a", 0, _ -> {})),
        bytes(session("b", 0, _ -> {})),
        bytes(session("c", 0, _ -> {})));
    Until.holds(() -> keys(lake).contains("c0"), loop);
    loop.close();

    assertThat(keys(lake)).isEqualTo("a1,c0");
    assertThat(
            lake.gold(
                "SELECT concat_ws(' ', revenue, currency, revenue_by_currency, entry_page,"
                    + " extract(epoch FROM end_time - start_time)::int)"
                    + " FROM gold.session_metrics WHERE session_key = 'a'"))
        .isEqualTo("12.5000 EUR {\"EUR\": 12.5000, \"USD\": 0.0001} /a\uFFFDb 60");
  }

  @Test
  void identity_isWhatTheNewestEventSaid(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    Topic topic = lake.topics().identities();
    for (Identity each :
        List.of(
            new Identity("v", "bob", 2L),
            new Identity("v", "ann", 1L),
            new Identity("w", "c", 1L))) {
      lake.produceKeyed(topic, each.getVisitorId(), bytes(each));
      lake.produceKeyed(topic, "forgotten", null);
    }
    var loop =
        new SinkLoop(
            factory.gold(GoldTables.IDENTITIES, topic, AvroSerde.identity()),
            factory.consumer("identities"));
    loop.start();
    String all =
        "SELECT string_agg(visitor_id || '=' || user_id, ',' ORDER BY visitor_id) FROM gold.identities";
    Until.holds(() -> String.valueOf(lake.gold(all)).contains("w="), loop);
    loop.close();

    assertThat(lake.gold(all)).isEqualTo("v=bob,w=c");
  }

  @Test
  void gold_afterRestart_goesOnWhereItsGroupLeftOff(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    lake.produce(topic(lake), 0, bytes(session("a", 0, _ -> {})));
    SinkLoop first = goldLoop(lake, factory);
    Until.holds(() -> keys(lake).equals("a0"), first);
    first.close();
    lake.gold("DELETE FROM gold.session_revisions RETURNING 1");
    lake.produce(topic(lake), 0, bytes(session("b", 0, _ -> {})));

    SinkLoop second = goldLoop(lake, factory);
    Until.holds(() -> keys(lake).contains("b0"), second);
    second.close();

    assertThat(keys(lake)).isEqualTo("b0");
  }

  private static String keys(Lake lake) {
    return lake.gold(
        "SELECT string_agg(session_key || version, ',' ORDER BY session_key)"
            + " FROM gold.session_metrics");
  }

  private static SinkLoop goldLoop(Lake lake, TestSink factory) {
    var loop =
        new SinkLoop(
            factory.gold(GoldTables.SESSION_METRICS, topic(lake), AvroSerde.session()),
            factory.consumer("session_metrics"));
    loop.start();
    return loop;
  }

  private static SinkLoop sessionLoop(Lake lake, TestSink factory) {
    var loop =
        new SinkLoop(
            factory.parts(factory.feeds().sessions(), lake.catalog()),
            factory.consumer("sessions"));
    loop.start();
    return loop;
  }

  /** Steps until the offsets in the table add up to the records produced. */
  private static void settle(Lake lake, SinkLoop loop, long produced) {
    Table table = lake.table(LakeTables.SESSIONS);
    Until.holds(() -> committed(table) == produced, loop);
  }

  private static long committed(Table table) {
    table.refresh();
    return io.weir.lake.commit.CommittedOffsets.newest(table).offsets().next().values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  private static Topic topic(Lake lake) {
    return lake.topics().sessions();
  }

  private static int partition(Session session) {
    return Math.floorMod(session.getSessionKey().hashCode(), 4);
  }

  private static Map<String, Integer> revisionsOf(Map<String, Session> live) {
    var revisions = new TreeMap<String, Integer>();
    live.forEach((key, session) -> revisions.put(key, session.getRevision()));
    return revisions;
  }

  private static Map<String, Integer> revisions(Lake lake) {
    var revisions = new TreeMap<String, Integer>();
    for (Record row : lake.rows(LakeTables.SESSIONS)) {
      Integer twice =
          revisions.put((String) row.getField("session_key"), (Integer) row.getField("revision"));
      assertThat(twice).isNull();
    }
    return revisions;
  }

  private static Map<String, Integer> sqlRevisions(Lake lake) {
    var revisions = new TreeMap<String, Integer>();
    String all =
        lake.sql("SELECT session_key || ' ' || revision AS r FROM silver.sessions", "--json");
    for (String line : all.lines().toList()) {
      String[] parts = line.substring(6, line.length() - 2).split(" ", 2);
      assertThat(revisions.put(parts[0], Integer.valueOf(parts[1]))).isNull();
    }
    return revisions;
  }
}
