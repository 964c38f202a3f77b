package io.weir.sink.gold;

import static io.weir.testkit.TestRecords.NOON;
import static io.weir.testkit.TestRecords.bytes;
import static io.weir.testkit.TestRecords.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.AvroSerde;
import io.weir.contract.avro.Session;
import io.weir.lake.gold.GoldTables;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import io.weir.sink.TestSink;
import io.weir.sink.loop.SinkLoop;
import io.weir.sink.loop.Until;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What {@code gold.restatements} says about the sessions that lake-sink writes. */
@ExtendWith(Servers.class)
class RestatementsIT {
  private static final long QUARTER = 900_000;

  private static final String ROWS =
      """
      SELECT coalesce(string_agg(
        concat_ws(' ', session_key, coalesce(old_revision::text, '-'), new_revision, cause, is_bot,
          sessions, events, revenue), ', ' ORDER BY restatement_id), '')
      FROM gold.restatements
      """;

  /** The columns that gold.restatements has the changes of, as sums of sessions. */
  private static final String SUMS =
      """
      SELECT string_agg(concat_ws(' ', bucket, is_bot, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o,
        p, q, r, s, t), chr(10) ORDER BY bucket, is_bot)
      FROM (
        SELECT date_bin('15 minutes', start_time, 'epoch') AS bucket, is_bot, count(*) AS a,
          sum(is_converted::int) AS b, sum(is_bounce::int) AS c,
          count(*) FILTER (WHERE add_to_carts > 0) AS d,
          count(*) FILTER (WHERE checkouts > 0) AS e, sum(is_cart_abandoned::int) AS f,
          sum(duration_ms) AS g, sum(events) AS h, sum(page_views) AS i, sum(product_views) AS j,
          sum(searches) AS k, sum(ad_impressions) AS l, sum(ad_clicks) AS m,
          sum(add_to_carts) AS n, sum(remove_from_carts) AS o, sum(checkouts) AS p,
          sum(purchases) AS q, sum(late_events) AS r, sum(matched_clicks) AS s, sum(refunds) AS t
        FROM gold.session_metrics GROUP BY 1, 2) AS sums
      """;

  private static final String RESTATED =
      """
      SELECT string_agg(concat_ws(' ', bucket_start, is_bot, a, b, c, d, e, f, g, h, i, j, k, l, m,
        n, o, p, q, r, s, t), chr(10) ORDER BY bucket_start, is_bot)
      FROM (
        SELECT bucket_start, is_bot, sum(sessions) AS a, sum(converted_sessions) AS b,
          sum(bounced_sessions) AS c, sum(cart_sessions) AS d, sum(checkout_sessions) AS e,
          sum(abandoned_sessions) AS f, sum(duration_ms) AS g, sum(events) AS h,
          sum(page_views) AS i, sum(product_views) AS j, sum(searches) AS k,
          sum(ad_impressions) AS l, sum(ad_clicks) AS m, sum(add_to_carts) AS n,
          sum(remove_from_carts) AS o, sum(checkouts) AS p, sum(purchases) AS q,
          sum(late_events) AS r, sum(matched_clicks) AS s, sum(refunds) AS t
        FROM gold.restatements GROUP BY bucket_start, is_bot HAVING sum(sessions) <> 0) AS sums
      """;

  private static final String MONEY =
      """
      SELECT string_agg(concat_ws(' ', start_time, is_bot, key, amount), chr(10)
        ORDER BY start_time, is_bot, key)
      FROM (
        SELECT start_time, is_bot, key, sum(value::numeric) AS amount
        FROM %s, jsonb_each_text(%s) GROUP BY 1, 2, 3 HAVING sum(value::numeric) <> 0) AS sums
      """;

  @Test
  void causes_followFromTheFormerAndTheLaterRow(Lake lake) {
    lake.factory(Clock.systemUTC());
    commit(
        lake,
        session("bot", 0, _ -> {}),
        session("identity", 0, _ -> {}),
        session("late", 0, change -> change.setRevenueE4(Map.of("EUR", 50_000L, "", 7L))),
        session("other", 0, change -> change.setEvents(2)),
        session("gone", 0, change -> change.setEvents(5)));
    assertThat(lake.gold(ROWS)).isEmpty();

    commit(
        lake,
        session("bot", 1, change -> change.setIsBot(true)),
        session("identity", 1, change -> change.setUserId("u")),
        session("late", 1, change -> change.setRevenueE4(Map.of("EUR", 75_000L, "", 7L))),
        session("other", 1, change -> change.setExitPage("/x")),
        session("gone", 1, change -> change.setIsRetracted(true)));

    assertThat(lake.gold(ROWS).split(", "))
        .containsExactlyInAnyOrder(
            "bot 0 1 bot f -1 -1 {}",
            "bot 0 1 bot t 1 2 {}",
            "identity 0 1 identity f 0 1 {}",
            "late 0 1 late_event f 0 1 {\"EUR\": 2.5000}",
            "other 0 1 other f 0 0 {}",
            "gone 0 1 retraction f -1 -5 {}");
    commit(lake, session("gone", 2, _ -> {}));
    assertThat(lake.gold(ROWS)).endsWith("gone 1 2 other f 1 3 {}");
    assertThat(
            lake.gold(
                """
                SELECT count(*) FROM gold.restatements AS r
                JOIN gold.session_revisions AS s USING (session_key)
                WHERE r.bucket_start <> to_timestamp(%d) OR r.start_time <> s.start_time
                  OR r.visitor_id <> s.visitor_id
                  OR r.new_revision = s.version AND r.restated_at <> s.updated_at
                """
                    .formatted(NOON / 1_000)))
        .isEqualTo("0");
  }

  @Test
  void revisionsOfOneTransaction_areOneChange(Lake lake) {
    lake.factory(Clock.systemUTC());
    commit(lake, session("a", 0, _ -> {}));
    commit(
        lake,
        session("a", 1, _ -> {}),
        session("a", 2, change -> change.setIsRetracted(true)),
        session("a", 3, _ -> {}),
        session("new", 0, _ -> {}),
        session("new", 1, _ -> {}));

    assertThat(lake.gold(ROWS)).isEqualTo("a 0 3 late_event f 0 3 {}");
  }

  @Test
  void oldRevisionsAgain_changeNothing(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    SinkLoop first = loop(lake, factory);
    send(lake, first, session("a", 0, _ -> {}));
    send(lake, first, session("a", 1, _ -> {}));
    first.close();

    SinkLoop second = loop(lake, factory);
    send(lake, second, session("a", 0, _ -> {}), session("a", 1, _ -> {}));
    second.close();

    assertThat(lake.gold(ROWS)).isEqualTo("a 0 1 late_event f 0 1 {}");
  }

  @Test
  void merge_namesBothSessions(Lake lake) {
    lake.factory(Clock.systemUTC());
    commit(lake, of("v", "first", 0, 0), of("v", "second", 0, 3_600_000), of("w", "x", 0, 0));

    commit(
        lake,
        of("v", "second", 1, 3_600_000, change -> change.setIsRetracted(true)),
        of("v", "first", 1, 0, change -> change.setEndTime(NOON + 3_660_000).setLateEvents(1)),
        of("w", "x", 1, 0, change -> change.setLateEvents(1)));

    assertThat(lake.gold(ROWS).split(", "))
        .containsExactlyInAnyOrder(
            "second 0 1 merge f -1 -1 {}", "first 0 1 merge f 0 1 {}", "x 0 1 late_event f 0 1 {}");
  }

  @Test
  void movedStart_isALateEvent_forBothKeys(Lake lake) {
    lake.factory(Clock.systemUTC());
    commit(lake, of("v", "z", 0, QUARTER), of("r", "robot", 0, QUARTER));

    commit(
        lake,
        of("v", "z", 1, QUARTER, change -> change.setIsRetracted(true)),
        of("v", "a", 0, 0, change -> change.setEndTime(NOON + QUARTER).setLateEvents(1)),
        of("r", "robot", 1, QUARTER, change -> change.setIsRetracted(true)),
        of("r", "b", 0, 0, change -> change.setEndTime(NOON + QUARTER).setIsBot(true)));

    assertThat(lake.gold(ROWS).split(", "))
        .containsExactlyInAnyOrder(
            "z 0 1 late_event f -1 -1 {}",
            "a - 0 late_event f 1 1 {}",
            "robot 0 1 merge f -1 -1 {}");
  }

  /** Each session comes late, so all that gold has are restatements. */
  @Test
  void changesOfAnyHistory_addUpToGold(Lake lake) {
    lake.factory(Clock.systemUTC());
    var random = new Random(11);
    var revisions = new HashMap<String, Integer>();
    for (int commit = 0; commit < 8; commit++) {
      var batch = new Session[150];
      for (int i = 0; i < batch.length; i++) {
        batch[i] = next(random, revisions);
      }
      commit(lake, batch);
    }

    assertThat(lake.gold(RESTATED)).isEqualTo(lake.gold(SUMS)).contains("\n");
    assertThat(lake.gold(MONEY.formatted("gold.restatements", "revenue")))
        .isEqualTo(lake.gold(MONEY.formatted("gold.session_metrics", "revenue_by_currency")))
        .contains("\n");
    assertThat(lake.gold(MONEY.formatted("gold.restatements", "refunded")))
        .isEqualTo(lake.gold(MONEY.formatted("gold.session_metrics", "refunded")))
        .contains("\n");
    assertThat(lake.gold("SELECT string_agg(DISTINCT cause, ' ') FROM gold.restatements"))
        .isEqualTo("bot identity late_event merge other retraction");
  }

  @Test
  void sessionThatRetentionMayHaveDeleted_isNoChangeWhenItIsBack(Lake lake) {
    lake.factory(Clock.systemUTC());
    lake.change("UPDATE gold.kept SET sessions_from = to_timestamp(" + NOON / 1_000 + ")");

    commit(
        lake,
        of("v", "old", 1, -1, change -> change.setLateEvents(1)),
        of("w", "young", 1, 0, change -> change.setLateEvents(1)));
    assertThat(lake.gold(ROWS)).isEqualTo("young - 1 late_event f 1 2 {}");

    commit(lake, of("v", "old", 2, -1, change -> change.setLateEvents(1)));
    assertThat(lake.gold(ROWS)).endsWith("old 1 2 late_event f 0 1 {}");
  }

  private static Session next(Random random, Map<String, Integer> revisions) {
    String key = "k" + random.nextInt(400);
    int revision = revisions.merge(key, 0, (before, _) -> before + 1);
    int events = 1 + random.nextInt(3);
    int carts = random.nextInt(2);
    int purchases = random.nextInt(2);
    return session(
        key,
        revision,
        change ->
            change
                .setVisitorId("v" + key.substring(1, 2))
                .setUserId(random.nextInt(8) == 0 ? "u" : null)
                .setStartTime(NOON + key.hashCode() % 4 * QUARTER + 1)
                .setEndTime(NOON + random.nextLong(8) * QUARTER)
                .setDurationMs(random.nextLong(100_000))
                .setIsRetracted(revision > 0 && random.nextInt(4) == 0)
                .setIsBot(random.nextInt(5) == 0)
                .setLateEvents(1 + random.nextInt(2))
                .setEvents(events)
                .setIsBounce(events == 1)
                .setPageViews(random.nextInt(9))
                .setProductViews(random.nextInt(9))
                .setSearches(random.nextInt(9))
                .setAdImpressions(random.nextInt(9))
                .setAdClicks(random.nextInt(9))
                .setMatchedClicks(random.nextInt(9))
                .setRefunds(random.nextInt(9))
                .setRefundedE4(random.nextBoolean() ? Map.of() : Map.of("EUR", random.nextLong(3)))
                .setAddToCarts(carts)
                .setRemoveFromCarts(random.nextInt(9))
                .setCheckouts(random.nextInt(2))
                .setPurchases(purchases)
                .setIsConverted(purchases > 0)
                .setIsCartAbandoned(carts > 0 && purchases == 0)
                .setRevenueE4(
                    Map.of("EUR", random.nextLong(3), "USD", Long.MAX_VALUE / (1 + purchases))));
  }

  private static Session of(String visitor, String key, int revision, long start) {
    return of(visitor, key, revision, start, _ -> {});
  }

  private static Session of(
      String visitor, String key, int revision, long start, Consumer<Session.Builder> change) {
    return session(
        key,
        revision,
        builder -> {
          builder.setVisitorId(visitor).setStartTime(NOON + start).setEndTime(NOON + start + 1);
          change.accept(builder);
        });
  }

  /** Writes the sessions in one transaction, as lake-sink does. */
  private static void commit(Lake lake, Session... sessions) {
    var upsert = new Upsert<>(GoldTables.SESSION_METRICS);
    for (Session each : sessions) {
      upsert.add(each);
    }
    try (Connection connection = lake.postgres().connect()) {
      connection.setAutoCommit(false);
      upsert.write(connection);
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SinkLoop loop(Lake lake, TestSink factory) {
    var loop =
        new SinkLoop(
            factory.gold(GoldTables.SESSION_METRICS, lake.topics().sessions(), AvroSerde.session()),
            factory.consumer("session_metrics"));
    loop.start();
    return loop;
  }

  /** Sends the sessions and waits until all are read. */
  private static void send(Lake lake, SinkLoop loop, Session... sessions) {
    String next = "SELECT coalesce(sum(next_offset), 0) FROM gold.positions";
    long before = Long.parseLong(lake.gold(next));
    for (Session each : sessions) {
      lake.produce(lake.topics().sessions(), 0, bytes(each));
    }
    Until.holds(() -> lake.gold(next).equals("" + (before + sessions.length)), loop);
  }
}
