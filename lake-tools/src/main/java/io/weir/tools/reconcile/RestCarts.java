package io.weir.tools.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.contract.GoldKey.Grain;
import io.weir.contract.GoldKey.Subject;
import io.weir.tools.reconcile.VisitorCarts.Other;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.net.URI;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The carts of visitors as the report {@code carts} of stream-app tells them. */
record RestCarts(RestCells rest, SilverSums silver, ZoneId zone) implements Other {
  private static final URI REPORT = URI.create("/v1/reports/carts");

  /** A report has at most 401 days. */
  private static final int DAYS_AT_ONCE = 366;

  private static final List<String> COUNTS =
      List.of("carts", "purchased", "recovered", "abandoned", "emptied", "open");
  private static final List<String> AMOUNTS = List.of("abandoned_value", "recovered_value");

  /** Whether stream-app has reports; a line says what is not compared without them. */
  static boolean areOffered(RestCells rest, PrintWriter out) {
    boolean areOffered = rest.offers(REPORT);
    if (!areOffered) {
      out.println(
          "Carts of visitors are not compared over REST, because stream-app answers 503 there: it"
              + " has no reports without PostgreSQL.");
    }
    return areOffered;
  }

  @Override
  public boolean tells(String measure) {
    return COUNTS.contains(measure)
        || AMOUNTS.stream().anyMatch(each -> measure.startsWith(each + " "));
  }

  @Override
  public SortedCells carts(BucketRange days) throws SQLException {
    BucketRange asked = silver.days(Subject.VISITORS, days);
    var cells = new TreeMap<CellKey, Map<String, BigDecimal>>();
    if (!asked.isEmpty()) {
      LocalDate end = LocalDate.ofInstant(asked.to(), zone);
      for (LocalDate from = LocalDate.ofInstant(asked.from(), zone); from.isBefore(end); ) {
        LocalDate next = from.plusDays(DAYS_AT_ONCE);
        LocalDate to = next.isBefore(end) ? next : end;
        add(cells, from, to.minusDays(1));
        from = to;
      }
    }
    return SortedCells.of(cells);
  }

  private void add(
      SortedMap<CellKey, Map<String, BigDecimal>> cells, LocalDate first, LocalDate last) {
    URI question = URI.create(REPORT + "?format=json&from=" + first + "&to=" + last);
    for (JsonNode row : rest.answer(question).path("rows")) {
      var figures = new HashMap<String, BigDecimal>();
      COUNTS.forEach(count -> put(figures, count, row.path(count)));
      for (String name : AMOUNTS) {
        row.path(name)
            .properties()
            .forEach(each -> put(figures, name + " " + each.getKey(), each.getValue()));
      }
      long day = LocalDate.parse(row.path("day").asText()).toEpochDay();
      long start = new SiteBuckets(Grain.DAY, zone).ofDay(day);
      cells.put(new CellKey(VisitorCarts.GROUP, VisitorCarts.DIMENSION, start, false, ""), figures);
    }
  }

  private static void put(Map<String, BigDecimal> figures, String measure, JsonNode number) {
    BigDecimal value = new BigDecimal(number.asText("0")).stripTrailingZeros();
    if (value.signum() != 0) {
      figures.put(measure, value);
    }
  }
}
