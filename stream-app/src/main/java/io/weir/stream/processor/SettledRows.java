package io.weir.stream.processor;

import io.weir.contract.avro.Session;
import io.weir.stream.processor.gold.TaskGold;
import io.weir.stream.session.Folding;
import io.weir.stream.session.Moved;
import io.weir.stream.session.Settled;
import java.util.ArrayList;
import java.util.List;

/** Keeps the rows that are to be emitted, and moves events in gold at once. */
record SettledRows(String visitor, TaskGold.SideMoves sides, List<Session> rows)
    implements Settled {
  SettledRows(String visitor, TaskGold.SideMoves sides) {
    this(visitor, sides, new ArrayList<>());
  }

  @Override
  public void emit(Session row) {
    rows.add(row);
  }

  @Override
  public void move(Moved moved) {
    sides.move(visitor, moved);
  }

  @Override
  public void fold(Folding folding) {
    sides.fold(visitor, folding);
  }
}
