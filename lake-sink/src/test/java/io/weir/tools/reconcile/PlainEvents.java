package io.weir.tools.reconcile;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Product;
import io.weir.sink.Lake;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gold's cells of events, products, late events and visitors, computed in plain Java as stream-app
 * is specified, and put into {@code gold.cells} in the place of lake-sink.
 */
final class PlainEvents {
  private static final Set<String> REAL = Set.of("", "EUR", "USD", "GBP");
  private static final Set<String> DAYS_ONLY =
      Set.of("page", "product", "search_term", "previous_day");

  private final ZoneId zone;
  private final Map<Key, Map<String, BigDecimal>> cells = new LinkedHashMap<>();

  private record Key(
      String subject,
      String grain,
      Instant bucket,
      boolean isBot,
      String dimension,
      String value) {}

  PlainEvents(ZoneId zone) {
    this.zone = zone;
  }

  /** Adds an event. A purchase that repeats an order is an event and no more. */
  void add(EnrichedEvent event, boolean isRepeated) {
    String type = event.getEventType();
    String measure =
        switch (type) {
          case "page_view", "add_to_cart", "checkout", "ad_click", "remove_from_cart", "refund" ->
              type + "s";
          case "search" -> "searches";
          case "product_view" -> "product_views";
          case "purchase" -> isRepeated ? "" : "purchases";
          default -> "";
        };
    String paid = type.equals("purchase") && !isRepeated ? "revenue " : "";
    String amount = type.equals("refund") ? "refunded " : paid;
    Map<String, BigDecimal> figures = new TreeMap<>(Map.of("events", BigDecimal.ONE));
    if (!measure.isEmpty()) {
      figures.put(measure, BigDecimal.ONE);
    }
    if (!amount.isEmpty()) {
      figures.put(amount + currency(event), worth(event));
    }
    String subject = event.getIsLate() ? "late" : "events";
    values(event).forEach((dimension, value) -> add(subject, event, dimension, value, figures));
    boolean counts = !measure.isEmpty() && !measure.equals("refunds");
    if (!event.getIsLate() && counts) {
      event.getProducts().forEach(product -> add(event, product, measure));
    }
  }

  private void add(EnrichedEvent event, Product product, String measure) {
    Map<String, BigDecimal> figures = new TreeMap<>(Map.of(measure, BigDecimal.ONE));
    if (measure.equals("purchases")) {
      var quantity = BigDecimal.valueOf(product.getQuantity());
      figures.put("quantity", quantity);
      Long price = product.getPriceE4();
      figures.put(
          "revenue " + currency(event),
          BigDecimal.valueOf(price == null ? 0 : price, 4).multiply(quantity));
    }
    add("products", event, "product", product.getProductId(), figures);
    add("products", event, "category", text(product.getCategory()), figures);
  }

  private static Map<String, String> values(EnrichedEvent event) {
    var values = new LinkedHashMap<String, String>();
    values.put("", "");
    values.put("event_type", event.getEventType());
    if (!event.getIsLate()) {
      String path = event.getUrlPath();
      values.put("page", path == null ? text(event.getUrl()) : text(event.getUrlDomain()) + path);
      values.put("device", text(event.getDevice()));
      values.put("country", text(event.getCountry()));
      values.put("campaign", text(event.getCampaignName()));
      values.put("source", text(event.getCampaignSource()));
      values.put("app", text(event.getAppId()));
      if (event.getSearchTerm() != null) {
        values.put("search_term", event.getSearchTerm());
      }
    }
    return values;
  }

  private static BigDecimal worth(EnrichedEvent event) {
    List<Long> lines =
        event.getProducts().stream()
            .map(Product::getLineRevenueE4)
            .filter(line -> line != null)
            .toList();
    Long value = event.getValueE4();
    BigDecimal sum =
        lines.stream()
            .map(line -> BigDecimal.valueOf(line, 4))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return lines.isEmpty() && value != null
        ? BigDecimal.valueOf(value, 4)
        : sum.min(BigDecimal.valueOf(Long.MAX_VALUE, 4));
  }

  private static String currency(EnrichedEvent event) {
    String code = text(event.getCurrency());
    return REAL.contains(code) ? code : "(other)";
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  private void add(
      String subject,
      EnrichedEvent event,
      String dimension,
      String value,
      Map<String, BigDecimal> figures) {
    Instant at = Instant.ofEpochMilli(event.getEventTime());
    Instant quarter = Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), 900) * 900);
    if (!DAYS_ONLY.contains(dimension)) {
      add(new Key(subject, "15m", quarter, event.getIsBot(), dimension, value), figures);
    }
    Instant day = LocalDate.ofInstant(at, zone).atStartOfDay(zone).toInstant();
    add(new Key(subject, "day", day, event.getIsBot(), dimension, value), figures);
  }

  /** Adds visitors of a day by the number of days since their previous one. */
  void addVisitors(LocalDate day, String daysSince, int visitors) {
    Instant start = day.atStartOfDay(zone).toInstant();
    add(
        new Key("visitors", "day", start, false, "previous_day", daysSince),
        Map.of("visitors", BigDecimal.valueOf(visitors)));
  }

  private void add(Key key, Map<String, BigDecimal> figures) {
    Map<String, BigDecimal> cell = cells.computeIfAbsent(key, _ -> new TreeMap<>());
    figures.forEach((measure, figure) -> cell.merge(measure, figure, BigDecimal::add));
  }

  /** Inserts the cells behind those of sessions. */
  void insert(Lake lake) {
    try (var connection = lake.postgres().connect()) {
      for (Map.Entry<Key, Map<String, BigDecimal>> each : cells.entrySet()) {
        List<String> counts =
            each.getValue().keySet().stream().filter(name -> !name.contains(" ")).toList();
        String sql =
            "INSERT INTO gold.cells (cell_key, version, subject, partition, grain, bucket_start,"
                + " is_bot, dimension, value, revenue, refunded, goal_value, settled_until, "
                + String.join(", ", PlainGold.COUNTS)
                + ") VALUES (?, 1, ?, 0, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, '{}', 'epoch', "
                + PlainGold.COUNTS.stream()
                    .map(name ->
                        counts.contains(name)
                            ? each.getValue().getOrDefault(name, BigDecimal.ZERO).toString()
                            : "0")
                    .collect(Collectors.joining(", "))
                + ")";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
          bind(statement, each.getKey(), each.getValue());
          statement.execute();
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void bind(PreparedStatement statement, Key key, Map<String, BigDecimal> figures)
      throws SQLException {
    int index = 1;
    statement.setString(index++, UUID.randomUUID().toString());
    statement.setString(index++, key.subject());
    statement.setString(index++, key.grain());
    statement.setObject(index++, OffsetDateTime.ofInstant(key.bucket(), ZoneOffset.UTC));
    statement.setBoolean(index++, key.isBot());
    statement.setString(index++, key.dimension());
    statement.setString(index++, key.value());
    statement.setString(index++, json(figures, "revenue "));
    statement.setString(index, json(figures, "refunded "));
  }

  private static String json(Map<String, BigDecimal> figures, String kind) {
    return figures.entrySet().stream()
        .filter(each -> each.getKey().startsWith(kind))
        .map(each ->
            '"' + each.getKey().substring(kind.length()) + "\": " + each.getValue().toPlainString())
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
