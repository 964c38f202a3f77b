package io.weir.sink.gold;

import static io.weir.testkit.TestRecords.bytes;
import static io.weir.testkit.TestRecords.session;
import static java.util.stream.Collectors.groupingBy;

import io.weir.contract.AvroSerde;
import io.weir.contract.GoldKey;
import io.weir.contract.GoldKey.Dimension;
import io.weir.contract.GoldKey.Grain;
import io.weir.contract.GoldKey.Subject;
import io.weir.contract.avro.CartProduct;
import io.weir.contract.avro.GoldCell;
import io.weir.contract.avro.Identity;
import io.weir.contract.avro.Session;
import io.weir.lake.gold.GoldTables;
import io.weir.sink.Lake;
import io.weir.sink.TestSink;
import io.weir.sink.loop.SinkLoop;
import io.weir.sink.loop.Until;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A random history of few visitors: their sessions in the last 80 days, the users that they turned
 * out to be, and the days on which they were active. No time is less than two minutes from a
 * multiple of an hour ago, so slow tests get the same answers.
 */
public final class History {
  private static final int VISITORS = 14;
  private static final long STEP = Duration.ofMinutes(5).toMillis();
  private static final int ACTIVE_DAYS = 12;

  final ZoneId zone;
  final long now = System.currentTimeMillis();
  final long settled;
  final List<Session> sessions = new ArrayList<>();
  final Map<String, String> users = new HashMap<>();

  /** The active days of visitors, of which the cells are made. */
  final Map<String, TreeSet<LocalDate>> active = new TreeMap<>();

  private final Random random;

  /** A history of its own for each zone and seed. */
  public History(ZoneId zone, long seed) {
    this.zone = zone;
    this.random = new Random(seed);
    this.settled = now - Duration.ofDays(5).toMillis();
    for (int visitor = 0; visitor < VISITORS; visitor++) {
      String id = "v" + visitor;
      addSessions(id);
      addDays(id);
      if (random.nextInt(3) == 0) {
        users.put(id, "u" + random.nextInt(4));
      }
    }
  }

  /** Adds sessions that follow each other, as those of one visitor do. */
  private void addSessions(String visitor) {
    long time = now + STEP / 2 - STEP * (12 * 24 * 80);
    long end = now - Duration.ofHours(1).toMillis();
    while (true) {
      long pause = random.nextInt(3) == 0 ? 12 * 24 * 20 : 12 * 24 * 2;
      time += STEP * (7 + random.nextLong(pause));
      long duration = STEP * random.nextLong(random.nextInt(10) == 0 ? 12 * 60 : 30);
      if (time + duration >= end) {
        return;
      }
      add(visitor, time, duration);
      time += duration;
    }
  }

  private void add(String visitor, long start, long duration) {
    boolean hasBought = random.nextInt(4) == 0;
    sessions.add(
        session(
            visitor + "-" + start,
            1,
            change ->
                change
                    .setVisitorId(visitor)
                    .setUserId(random.nextInt(4) == 0 ? "u" + random.nextInt(4) : null)
                    .setStartTime(start)
                    .setEndTime(start + duration)
                    .setDurationMs(duration + random.nextInt(1000))
                    .setEvents(1 + random.nextInt(120))
                    .setPageViews(random.nextInt(25))
                    .setProductViews(random.nextInt(3))
                    .setAddToCarts(random.nextInt(3))
                    .setRemoveFromCarts(random.nextInt(4) / 2)
                    .setCheckouts(random.nextInt(2))
                    .setPurchases(hasBought ? 1 + random.nextInt(2) : 0)
                    .setRevenueE4(hasBought ? revenue() : Map.of())
                    .setCartValueE4(cartValue())
                    .setCartProducts(cartProducts())
                    .setDevice(oneOf("mobile", "desktop"))
                    .setCountry(oneOf("DE", "b|\"\\"))
                    .setAppId(oneOf("web", "a|b"))
                    .setCampaignSource(oneOf("google", ""))
                    .setCampaignMedium(oneOf("cpc", "mail"))
                    .setCampaignName(oneOf("spring", "\uD83D\uDE00"))
                    .setIsBot(random.nextInt(8) == 0)
                    .setIsRetracted(random.nextInt(8) == 0)));
  }

  private @Nullable String oneOf(String one, String other) {
    return switch (random.nextInt(3)) {
      case 0 -> one;
      case 1 -> other;
      default -> null;
    };
  }

  private List<CartProduct> cartProducts() {
    var products = new ArrayList<CartProduct>();
    for (String product : List.of("p1", "p|2", "p\"3\\")) {
      if (random.nextInt(3) > 0) {
        String category = random.nextInt(3) == 0 ? null : oneOf("shoes", "a\"b");
        products.add(new CartProduct(product, category, random.nextLong(-2, 4), cartValue()));
      }
    }
    return products;
  }

  private Map<String, Long> cartValue() {
    var left = new HashMap<String, Long>();
    for (String currency : List.of("", "EUR", "a\"b")) {
      if (random.nextInt(2) == 0) {
        left.put(currency, random.nextLong(-50_000, 100_000));
      }
    }
    return left;
  }

  private Map<String, Long> revenue() {
    var revenue = new HashMap<String, Long>();
    for (String currency : List.of("", "EUR", "USD", "a\"b")) {
      if (random.nextInt(2) == 0) {
        revenue.put(currency, random.nextLong(-5, 100_000_000_000L));
      }
    }
    return revenue;
  }

  private void addDays(String visitor) {
    var days = new TreeSet<LocalDate>();
    LocalDate first = LocalDate.of(2026, 3, 24);
    for (int day = 0; day < ACTIVE_DAYS; day++) {
      if (random.nextInt(3) == 0) {
        days.add(first.plusDays(day));
      }
    }
    if (random.nextInt(3) == 0) {
      days.add(first.minusDays(390 + random.nextInt(20)));
    }
    active.put(visitor, days);
  }

  /** The live sessions of people. */
  List<Session> people() {
    return sessions.stream().filter(each -> !each.getIsRetracted() && !each.getIsBot()).toList();
  }

  /** The live sessions of each visitor who is a person, by their start. */
  Map<String, List<Session>> byVisitor() {
    return people().stream()
        .sorted(Comparator.comparingLong(Session::getStartTime))
        .collect(groupingBy(Session::getVisitorId));
  }

  LocalDate startDay(Session session) {
    return day(session.getStartTime());
  }

  LocalDate day(long time) {
    return Instant.ofEpochMilli(time).atZone(zone).toLocalDate();
  }

  boolean isFinal(LocalDate day) {
    return day.isBefore(day(settled));
  }

  /** Writes everything with the writers of the service. */
  public void write(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    for (Session each : sessions) {
      lake.sendSoon(lake.topics().sessions(), 0, bytes(each));
    }
    lake.flush();
    run(
        lake,
        new SinkLoop(
            factory.gold(GoldTables.SESSION_METRICS, lake.topics().sessions(), AvroSerde.session()),
            factory.consumer("metrics")),
        "SELECT count(*) FROM gold.session_revisions",
        Integer.toString(sessions.size()));
    users.forEach((visitor, user) -> identify(lake, visitor, user, now));
    String known = "SELECT count(*) FROM gold.identities";
    run(lake, identities(lake, factory), known, Integer.toString(users.size()));
    List<GoldCell> cells = cells();
    try (var topic = CellTopic.create(lake)) {
      topic.send(true, cells);
    }
    run(
        lake,
        new SinkLoop(
            factory.gold(GoldTables.CELLS, lake.cells(), AvroSerde.goldCell()),
            factory.consumer("cells")),
        "SELECT count(*) FROM gold.cell_versions",
        Integer.toString(cells.size()));
  }

  /** The zone of its days. */
  public ZoneId zone() {
    return zone;
  }

  /** The sessions that are not retracted. */
  public long kept() {
    return sessions.stream().filter(each -> !each.getIsRetracted()).count();
  }

  /** Makes a visitor with an anonymous session known as a user, and returns the user. */
  String identifyLater(Lake lake) {
    String visitor =
        people().stream()
            .filter(each -> each.getUserId() == null)
            .findFirst()
            .orElseThrow()
            .getVisitorId();
    String user = "late";
    users.put(visitor, user);
    identify(lake, visitor, user, now + 1);
    run(
        lake,
        identities(lake, lake.factory(Clock.systemUTC())),
        "SELECT count(*) FROM gold.identities WHERE user_id = 'late'",
        "1");
    return user;
  }

  private static void identify(Lake lake, String visitor, String user, long time) {
    Identity identity =
        Identity.newBuilder().setVisitorId(visitor).setUserId(user).setEventTime(time).build();
    lake.produceKeyed(lake.topics().identities(), visitor, bytes(identity));
  }

  private static SinkLoop identities(Lake lake, TestSink factory) {
    return new SinkLoop(
        factory.gold(GoldTables.IDENTITIES, lake.topics().identities(), AvroSerde.identity()),
        factory.consumer("identities"));
  }

  private static void run(Lake lake, SinkLoop loop, String query, String answer) {
    loop.start();
    Until.holds(() -> lake.gold(query).equals(answer), loop);
    loop.close();
  }

  /** The cells of active visitors and of progress, in several partitions. */
  private List<GoldCell> cells() {
    var counts = new HashMap<GoldKey, Map<Integer, Integer>>();
    active.forEach((visitor, days) -> {
      int partition = Math.floorMod(visitor.hashCode(), 3);
      for (LocalDate day : days) {
        LocalDate before = days.lower(day);
        long since = before == null ? 0 : Math.min(401, day.toEpochDay() - before.toEpochDay());
        var key =
            new GoldKey(
                Subject.VISITORS,
                Grain.DAY,
                Dimension.PREVIOUS_DAY,
                false,
                day.atStartOfDay(zone).toInstant().toEpochMilli(),
                since == 0 ? "" : Long.toString(since));
        counts.computeIfAbsent(key, _ -> new HashMap<>()).merge(partition, 1, Integer::sum);
      }
    });
    var cells = new ArrayList<GoldCell>();
    counts.forEach((key, byPartition) ->
        byPartition.forEach((partition, visitors) ->
            cells.add(
                CellTopic.cell(
                    key,
                    1,
                    change ->
                        change.setPartition(partition).setSessions(0).setVisitors(visitors)))));
    var progress = new GoldKey(Subject.PROGRESS, Grain.DAY, Dimension.ALL, false, 0, zone.getId());
    cells.add(CellTopic.cell(progress, 1, change -> change.setSettledUntil(settled)));
    return cells;
  }
}
