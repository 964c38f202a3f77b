package io.weir.sink;

import io.weir.lake.gold.GoldTables;
import io.weir.lake.table.LakeTables;
import io.weir.process.Settings;
import io.weir.process.StartupException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The tables that an instance fills; an empty set means all tables. */
record TableChoice(Set<String> names) {
  private static final String SETTING = "sink.tables";
  private static final List<String> KNOWN =
      List.of(
          LakeTables.RAW_EVENTS.fullName(),
          LakeTables.REJECTED.fullName(),
          LakeTables.EVENTS.fullName(),
          LakeTables.LATE.fullName(),
          LakeTables.EVENT_PRODUCTS.fullName(),
          LakeTables.SESSIONS.fullName(),
          LakeTables.SESSION_CHANGES.fullName(),
          LakeTables.SCORES.fullName(),
          LakeTables.AD_SCORES.fullName(),
          LakeTables.RETURN_SCORES.fullName(),
          GoldTables.SESSION_METRICS.fullName(),
          GoldTables.SESSION_SCORES.fullName(),
          GoldTables.CHALLENGER_SCORES.fullName(),
          GoldTables.CLICK_SCORES.fullName(),
          GoldTables.SESSION_RETURN_SCORES.fullName(),
          GoldTables.IDENTITIES.fullName(),
          GoldTables.CELLS.fullName());

  TableChoice {
    names = Set.copyOf(names);
  }

  static TableChoice from(Settings settings) {
    Set<String> names = names(settings.text(SETTING, ""));
    for (String name : names) {
      if (!KNOWN.contains(name)) {
        throw new StartupException(
            Settings.variable(SETTING)
                + " names "
                + name
                + ", which is none of "
                + String.join(", ", KNOWN));
      }
    }
    return new TableChoice(names);
  }

  private static Set<String> names(String list) {
    var names = new TreeSet<String>();
    for (String name : list.split(",", -1)) {
      if (!name.isBlank()) {
        names.add(name.strip());
      }
    }
    return names;
  }

  boolean has(String table) {
    return names.isEmpty() || names.contains(table);
  }
}
