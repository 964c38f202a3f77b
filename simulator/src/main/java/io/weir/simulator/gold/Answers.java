package io.weir.simulator.gold;

import io.weir.simulator.visit.Deed;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** All tables of gold as they must be, in days of UTC. */
public final class Answers {
  private final List<Deed> deeds;
  private final List<Deed> open;
  private final Set<Deed> late;

  /** Answers after these events, and after others in sessions that are open. */
  public Answers(List<Deed> deeds, List<Deed> open) {
    this(deeds, open, Set.of());
  }

  /**
   * Answers after these events.
   *
   * @param late those that came when a session that ended with them could have closed; they are
   *     told apart by identity
   */
  public Answers(List<Deed> deeds, List<Deed> open, Set<Deed> late) {
    this.deeds = List.copyOf(deeds);
    this.open = List.copyOf(open);
    this.late = late;
  }

  /**
   * Passes on the tables as of a time, one after the other. No session may start or end just a day,
   * a week or 30 days before it: PostgreSQL is asked a little later.
   */
  public void each(long now, Consumer<Table> listener) {
    var histories = new Histories(deeds, late);
    List<Supplier<List<Table>>> parts =
        List.of(
            () -> new SessionCells(histories).tables(),
            () -> new EventCells(histories, open).tables(),
            () -> TrueRows.tables(histories),
            () -> new People(histories, now).tables(),
            () -> new TrueDays(histories, open).tables(),
            () -> new Carts(histories, now).tables(),
            () -> new Shapes(histories).tables(),
            Answers::late);
    parts.forEach(part -> part.get().forEach(listener));
  }

  /** No event of the simulator is too late. */
  private static List<Table> late() {
    String key = "bucket_start is_bot dimension value";
    String numbers = "late_excluded_events late_excluded_purchases late_excluded_revenue";
    return List.of(
        new Table("gold.late_15m", key, numbers),
        new Table("gold.late_daily", key, "day " + numbers));
  }
}
