package io.weir.tools.reconcile;

import static io.weir.testkit.TestRecords.bytes;
import static io.weir.testkit.TestRecords.session;
import static io.weir.tools.Commands.with;
import static java.util.Objects.requireNonNull;

import io.weir.contract.avro.Session;
import io.weir.lake.table.LakeTables;
import io.weir.sink.Lake;
import io.weir.sink.TestSink;
import io.weir.sink.loop.SinkLoop;
import io.weir.sink.loop.Until;
import io.weir.tools.Commands;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine;

/** Sessions in silver, and the cells that gold must have of them. */
final class PlainSilver {
  static final ZoneId UTC = ZoneId.of("UTC");

  /** Yesterday at noon: buckets of 15 minutes are compared, too. */
  @SuppressWarnings("TimeInStaticInitializer") // the tests of one run share it
  static final long START =
      Instant.now().truncatedTo(ChronoUnit.DAYS).minus(12, ChronoUnit.HOURS).toEpochMilli();

  private PlainSilver() {}

  static Session visit(String key, int minute, Consumer<Session.Builder> change) {
    return session(
        key,
        0,
        builder -> {
          builder
              .setStartTime(START + minute * 60_000L)
              .setIsBounce(true)
              .setPageViews(1)
              .setCountry("DE")
              .setDevice("desktop");
          change.accept(builder);
        });
  }

  static Session purchase(String key, int minute, Map<String, Long> revenue) {
    return visit(
        key,
        minute,
        builder ->
            builder
                .setEvents(9)
                .setIsBounce(false)
                .setAddToCarts(2)
                .setCheckouts(1)
                .setPurchases(1)
                .setIsConverted(true)
                .setVisitorSessionNumber(2)
                .setRevenueE4(revenue)
                .setRefunds(1)
                .setRefundedE4(Map.of("EUR", 10_000L)));
  }

  static List<Session> usual() {
    return List.of(
        visit("a", 0, _ -> {}),
        visit(
            "b", 1, builder -> builder.setCountry("FR").setCampaignName("spring").setAppId("app")),
        visit("c", 14, builder -> builder.setIsBot(true).setCountry(null).setLateEvents(1)),
        visit("d", 15, builder -> builder.setAddToCarts(1).setIsCartAbandoned(true)),
        purchase("e", 16, Map.of("EUR", 123_456L, "GBP", 1L)),
        purchase("f", 17, Map.of("EUR", Long.MAX_VALUE, "", 10_000L)),
        purchase("g", 18, Map.of("EUR", Long.MAX_VALUE, "QQQ", 5L, "CHF", 0L)),
        purchase("h", 40, Map.of("", 1L, "CHF", 2L, "EUR", 3L, "GBP", 4L, "JPY", 5L, "USD", 6L)));
  }

  /** Fills silver as lake-sink does. */
  static void silver(Lake lake, List<Session> sessions, int rows) {
    TestSink factory = lake.factory(Clock.systemUTC());
    sessions.forEach(each -> lake.produce(lake.topics().sessions(), 0, bytes(each)));
    var loop =
        new SinkLoop(
            factory.parts(factory.feeds().sessions(), lake.catalog()),
            factory.consumer("sessions"));
    loop.start();
    Until.holds(() -> lake.rows(LakeTables.SESSIONS).size() == rows, loop);
    loop.close();
    PlainGold.create(lake);
  }

  static void both(Lake lake, List<Session> sessions) {
    silver(lake, sessions, sessions.size());
    PlainGold.of(UTC, sessions).insert(lake);
  }

  /** Compares as at a terminal. What differs must stand still for a second only: nothing moves. */
  static String run(Lake lake, int code, String... arguments) {
    CommandLine line = Commands.line(lake);
    ReconcileCommand command = requireNonNull(line.getSubcommands().get("reconcile")).getCommand();
    command.commitsWithin(Duration.ofSeconds(1));
    return Lake.output(line, code, List.of(with(new String[] {"reconcile"}, arguments)));
  }

  /** Compares while figures move, with the times that users have. */
  static String runMoving(Lake lake, int code, String... arguments) {
    return Commands.run(lake, code, with(new String[] {"reconcile"}, arguments));
  }
}
