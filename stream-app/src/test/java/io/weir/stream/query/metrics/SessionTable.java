package io.weir.stream.query.metrics;

import io.weir.contract.avro.GoalCounts;
import io.weir.contract.avro.Session;
import io.weir.stream.gold.Measure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gold in PostgreSQL as lake-sink creates it, with rows of sessions. */
public final class SessionTable {
  private static final Path MIGRATIONS = Path.of("../lake-sink/src/main/resources/db/gold");

  private SessionTable() {}

  public static void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        Stream<Path> files = Files.list(MIGRATIONS)) {
      statement.execute("CREATE SCHEMA gold");
      for (Path each : files.sorted(Comparator.comparingInt(SessionTable::version)).toList()) {
        statement.execute(Files.readString(each));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The number in a name such as {@code V12__emptied_carts.sql}. */
  private static int version(Path migration) {
    String name = migration.getFileName().toString();
    return Integer.parseInt(name.substring(1, name.indexOf('_')));
  }

  public static void settle(Connection connection, Instant until, String zone) throws SQLException {
    String measures =
        Arrays.stream(Measure.values()).map(Measure::field).collect(Collectors.joining(", "));
    String zeros = Arrays.stream(Measure.values()).map(_ -> "0").collect(Collectors.joining(", "));
    String sql =
        "INSERT INTO gold.cell_versions (cell_key, version, retracted, subject, grain, bucket_start,"
            + " is_bot, dimension, value, partition, settled_until, revenue, "
            + measures
            + ") VALUES ('progress', 1, false, 'progress', '15m', 'epoch', false, '', ?, 0, ?, '{}', "
            + zeros
            + ")";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, zone);
      statement.setObject(2, until.atOffset(ZoneOffset.UTC));
      statement.executeUpdate();
    }
  }

  public static void insert(Connection connection, Session session, boolean isRetracted)
      throws SQLException {
    Map<String, @Nullable Object> columns = columns(session);
    columns.put("retracted", isRetracted);
    String marks =
        columns.values().stream()
            .map(value -> value instanceof Json ? "?::jsonb" : "?")
            .collect(Collectors.joining(", "));
    String sql =
        "INSERT INTO gold.session_revisions (%s) VALUES (%s)"
            .formatted(String.join(", ", columns.keySet()), marks);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int index = 1;
      for (Object value : columns.values()) {
        statement.setObject(index++, value instanceof Json json ? json.text() : value);
      }
      statement.executeUpdate();
    }
  }

  private record Json(String text) {}

  private static Map<String, @Nullable Object> columns(Session session) {
    var columns = new LinkedHashMap<String, @Nullable Object>();
    columns.put("session_key", session.getSessionKey());
    columns.put("version", (long) session.getRevision());
    columns.put("visitor_id", session.getVisitorId());
    columns.put("start_time", time(session.getStartTime()));
    columns.put("end_time", time(session.getEndTime()));
    columns.put("duration_ms", session.getDurationMs());
    columns.put("visitor_session_number", session.getVisitorSessionNumber());
    columns.put("events", session.getEvents());
    columns.put("page_views", session.getPageViews());
    columns.put("product_views", session.getProductViews());
    columns.put("searches", session.getSearches());
    columns.put("ad_impressions", session.getAdImpressions());
    columns.put("ad_clicks", session.getAdClicks());
    columns.put("matched_clicks", session.getMatchedClicks());
    columns.put("add_to_carts", session.getAddToCarts());
    columns.put("remove_from_carts", session.getRemoveFromCarts());
    columns.put("checkouts", session.getCheckouts());
    columns.put("purchases", session.getPurchases());
    columns.put("refunds", session.getRefunds());
    columns.put("late_events", session.getLateEvents());
    columns.put("entry_page", session.getEntryPage());
    columns.put("exit_page", session.getExitPage());
    columns.put("referrer_class", session.getReferrerClass());
    columns.put("campaign_source", session.getCampaignSource());
    columns.put("campaign_medium", session.getCampaignMedium());
    columns.put("campaign_name", session.getCampaignName());
    columns.put("device", session.getDevice());
    columns.put("browser", session.getBrowser());
    columns.put("os", session.getOs());
    columns.put("country", session.getCountry());
    columns.put("city", session.getCity());
    columns.put("app_id", session.getAppId());
    columns.put("is_bot", session.getIsBot());
    columns.put("engaged_ms", session.getEngagedMs());
    columns.put("is_engaged", session.getIsEngaged());
    columns.put("funnel_step", session.getFunnelStep());
    columns.put("funnel_view_time", orNull(session.getFunnelViewTime()));
    columns.put("funnel_cart_time", orNull(session.getFunnelCartTime()));
    columns.put("is_bounce", session.getIsBounce());
    columns.put("is_converted", session.getIsConverted());
    columns.put("is_cart_abandoned", session.getIsCartAbandoned());
    columns.put("revenue_by_currency", new Json(json(session.getRevenueE4())));
    columns.put("cart_value", new Json(json(session.getCartValueE4())));
    columns.put("refunded", new Json(json(session.getRefundedE4())));
    columns.put("goals", new Json(goals(session.getGoals())));
    return columns;
  }

  private static @Nullable OffsetDateTime orNull(@Nullable Long millis) {
    return millis == null ? null : time(millis);
  }

  private static OffsetDateTime time(long millis) {
    return Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC);
  }

  private static String json(Map<String, Long> amounts) {
    return amounts.entrySet().stream()
        .map(each -> "\"%s\": %s".formatted(each.getKey(), BigDecimal.valueOf(each.getValue(), 4)))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String goals(List<GoalCounts> goals) {
    return goals.stream()
        .map(each ->
            "\"%s\": {\"events\": %d, \"value\": %s}"
                .formatted(each.getGoal(), each.getEvents(), json(each.getValueE4())))
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
