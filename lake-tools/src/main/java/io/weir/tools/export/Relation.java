package io.weir.tools.export;

import io.weir.lake.gold.GoldTables;
import io.weir.lake.table.LakeTables;
import io.weir.process.StartupException;
import io.weir.tools.sql.DuckType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A relation that can be exported: one of PostgreSQL's schema gold, or a table of the lake. */
record Relation(String schema, String name) {
  private static final String GOLD = "gold";

  static final List<Relation> ALL = all();

  /** Large tables are only written when they are named. */
  private static final List<Relation> KNOWN =
      Stream.concat(
              ALL.stream(),
              Stream.of(
                      LakeTables.EVENT_PRODUCTS,
                      LakeTables.SESSION_CHANGES,
                      LakeTables.AD_SCORES,
                      LakeTables.RETURN_SCORES)
                  .map(table -> new Relation(table.namespace(), table.name())))
          .toList();

  private static List<Relation> all() {
    var all = new ArrayList<Relation>();
    all.add(new Relation(GOLD, GoldTables.SESSION_METRICS.view()));
    all.add(new Relation(GOLD, GoldTables.SESSION_SCORES.view()));
    all.add(new Relation(GOLD, GoldTables.CHALLENGER_SCORES.view()));
    all.add(new Relation(GOLD, GoldTables.CLICK_SCORES.view()));
    all.add(new Relation(GOLD, GoldTables.SESSION_RETURN_SCORES.view()));
    all.add(new Relation(GOLD, GoldTables.IDENTITIES.view()));
    all.add(new Relation(GOLD, GoldTables.RESTATEMENTS));
    GoldTables.OF_MODELS.forEach(table -> all.add(new Relation(GOLD, table)));
    GoldTables.VIEWS_OF_CELLS.forEach(view -> all.add(new Relation(GOLD, view)));
    GoldTables.ANSWERS.forEach(view -> all.add(new Relation(GOLD, view)));
    all.add(new Relation(LakeTables.SESSIONS.namespace(), LakeTables.SESSIONS.name()));
    all.add(new Relation(LakeTables.SCORES.namespace(), LakeTables.SCORES.name()));
    return List.copyOf(all);
  }

  /** The named relations. If the list is empty, all but those that must be named. */
  static List<Relation> named(List<String> names) {
    if (names.isEmpty()) {
      return ALL;
    }
    return names.stream().distinct().map(Relation::named).toList();
  }

  private static Relation named(String name) {
    return KNOWN.stream()
        .filter(each -> each.toString().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new StartupException(
                "--table "
                    + name
                    + " is none of "
                    + KNOWN.stream().map(Relation::toString).collect(Collectors.joining(", "))));
  }

  boolean isGold() {
    return schema.equals(GOLD);
  }

  /** The quoted name for SQL. */
  String quoted() {
    return DuckType.quoted(schema) + "." + DuckType.quoted(name);
  }

  String fileName(String ending) {
    return schema + "_" + name + "." + ending;
  }

  @Override
  public String toString() {
    return schema + "." + name;
  }
}
