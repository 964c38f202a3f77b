package io.weir.stream.gold;

import io.weir.contract.GoldKey;
import io.weir.contract.GoldKey.Dimension;
import io.weir.contract.GoldKey.Grain;
import io.weir.contract.GoldKey.Subject;
import io.weir.contract.avro.GoldCell;
import io.weir.contract.avro.Session;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The cells of days that sessions add up to, for tests. */
public final class SessionCells {
  private SessionCells() {}

  /** Gives each cell to a store. */
  public static void each(
      Collection<Session> sessions, ZoneId zone, BiConsumer<GoldKey, Consumer<GoldCell>> store) {
    Map<GoldKey, CellSums> cells = new LinkedHashMap<>();
    for (Session session : sessions) {
      SessionFacts facts = SessionFacts.of(session);
      long day =
          Instant.ofEpochMilli(session.getStartTime())
              .atZone(zone)
              .toLocalDate()
              .atStartOfDay(zone)
              .toInstant()
              .toEpochMilli();
      add(cells, facts, day, Dimension.ALL, "");
      for (int i = 0; i < SessionFacts.DIMENSIONS.size(); i++) {
        add(cells, facts, day, SessionFacts.DIMENSIONS.get(i), facts.values().get(i));
      }
    }
    cells.forEach((key, sums) -> store.accept(key, sums::fill));
  }

  private static void add(
      Map<GoldKey, CellSums> cells,
      SessionFacts facts,
      long day,
      Dimension dimension,
      String value) {
    var key = new GoldKey(Subject.SESSIONS, Grain.DAY, dimension, facts.isBot(), day, value);
    cells.computeIfAbsent(key, _ -> new CellSums()).add(facts.sums());
  }
}
