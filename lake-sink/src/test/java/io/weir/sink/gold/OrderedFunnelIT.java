package io.weir.sink.gold;

import static io.weir.testkit.TestRecords.bytes;
import static io.weir.testkit.TestRecords.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.AvroSerde;
import io.weir.contract.Topic;
import io.weir.contract.avro.Session;
import io.weir.lake.gold.GoldTables;
import io.weir.lake.table.LakeTables;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import io.weir.sink.TestSink;
import io.weir.sink.loop.LoopParts;
import io.weir.sink.loop.SinkLoop;
import io.weir.sink.loop.Until;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The ordered funnel of sessions, from the topic to silver, to gold and to the view by day. */
@ExtendWith(Servers.class)
class OrderedFunnelIT {
  /** Half past eleven in the evening of 1 March in Berlin. */
  private static final long LATE_EVENING = Instant.parse("2026-03-01T22:30:00Z").toEpochMilli();

  private static final long NEXT_DAY = LATE_EVENING + 3_600_000;

  private static final String TIME_ZONE =
      """
      INSERT INTO gold.cell_versions VALUES (
        'p', 1, false, now(), 'progress', 'day', 'epoch', false, '', 'Europe/Berlin', 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '{}', NULL, NULL, '2026-03-03Z')
      """;

  /** A session whose steps follow each other after so many seconds. */
  private static Session steps(String key, long start, String device, int... seconds) {
    return session(
        key,
        0,
        change -> {
          change.setStartTime(start).setDevice(device).setFunnelStep(seconds.length);
          long time = start;
          for (int step = 0; step < seconds.length; step++) {
            time += seconds[step] * 1_000L;
            switch (step) {
              case 0 -> change.setFunnelViewTime(time);
              case 1 -> change.setFunnelCartTime(time);
              case 2 -> change.setFunnelCheckoutTime(time);
              default -> change.setFunnelPurchaseTime(time);
            }
          }
        });
  }

  private static void send(Lake lake) {
    Topic topic = lake.topics().sessions();
    Session robot = steps("robot", LATE_EVENING, "desktop", 0, 0, 0, 0);
    robot.setIsBot(true);
    for (Session each :
        new Session[] {
          steps("none", LATE_EVENING, "mobile"),
          steps("view", LATE_EVENING, "mobile", 5),
          steps("cart", LATE_EVENING, "mobile", 5, 10),
          steps("all", LATE_EVENING, "desktop", 0, 20, 30, 40),
          steps("next", NEXT_DAY, "desktop", 0, 1),
          robot
        }) {
      lake.produce(topic, 0, bytes(each));
    }
  }

  private static void fill(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    lake.change(TIME_ZONE);
    send(lake);
    LoopParts parts =
        factory.gold(GoldTables.SESSION_METRICS, lake.topics().sessions(), AvroSerde.session());
    var loop = new SinkLoop(parts, factory.consumer("session_metrics"));
    loop.start();
    Until.holds(() -> lake.gold("SELECT count(*) FROM gold.session_metrics").equals("6"), loop);
    loop.close();
  }

  @Test
  void day_hasItsStepsDropOffsAndMedianTimes(Lake lake) {
    fill(lake);

    assertThat(
            lake.gold(
                """
                SELECT string_agg(concat_ws(' ', day, dimension, value, sessions, view_sessions,
                  cart_sessions, checkout_sessions, purchase_sessions), E'\\n'
                  ORDER BY day, dimension, value)
                FROM gold.funnel_ordered_daily WHERE dimension IN ('', 'device')
                """))
        .isEqualTo(
            """
            2026-03-01   4 3 2 1 1
            2026-03-01 device desktop 1 1 1 1 1
            2026-03-01 device mobile 3 2 1 0 0
            2026-03-02   1 1 1 0 0
            2026-03-02 device desktop 1 1 1 0 0\
            """);
    assertThat(
            lake.gold(
                """
                SELECT concat_ws(' ', round(view_drop_off::numeric, 4), cart_drop_off,
                  checkout_drop_off, view_to_cart_s, cart_to_checkout_s, checkout_to_purchase_s,
                  view_to_purchase_s)
                FROM gold.funnel_ordered_daily WHERE dimension = '' AND day = '2026-03-01'
                """))
        .isEqualTo("0.3333 0.5 0 15 30 40 90");
    assertThat(
            lake.gold(
                """
                SELECT checkout_drop_off IS NULL AND cart_to_checkout_s IS NULL
                FROM gold.funnel_ordered_daily WHERE dimension = '' AND day = '2026-03-02'
                """))
        .isEqualTo("t");
  }

  @Test
  void times_areTimestampsInSilver(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    send(lake);
    LoopParts parts = factory.parts(factory.feeds().sessions(), lake.catalog());
    var loop = new SinkLoop(parts, factory.consumer("sessions"));
    loop.start();
    Until.holds(() -> lake.rows(LakeTables.SESSIONS).size() == 6, loop);
    loop.close();

    assertThat(lake.rows(LakeTables.SESSIONS))
        .filteredOn(row -> row.getField("session_key").equals("cart"))
        .singleElement()
        .satisfies(row -> {
          assertThat((OffsetDateTime) row.getField("funnel_cart_time"))
              .isEqualTo("2026-03-01T22:30:15Z");
          assertThat(row.getField("funnel_purchase_time")).isNull();
        });
  }
}
