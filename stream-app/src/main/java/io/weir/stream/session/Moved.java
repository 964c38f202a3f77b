package io.weir.stream.session;

import io.weir.stream.session.sums.Fold;
import io.weir.stream.session.sums.OrderNews;
import io.weir.stream.session.touch.Touch;
import io.weir.stream.session.visitor.Emission;
import io.weir.stream.session.visitor.RobotRows;
import io.weir.stream.session.visitor.VisitorState;
import java.util.ArrayList;
import java.util.List;

/**
 * Events of a visitor that count among robots from now on, or among people again. An event whose
 * own agent is a robot's may be among them; it counts among robots whatever its session is.
 *
 * @param state has the events
 * @param touches events that are not folded
 * @param purchases those of orders that count, folded or not
 * @param folds folded events, all of them
 */
public record Moved(
    boolean isToRobots,
    VisitorState state,
    List<Touch> touches,
    List<OrderNews.Purchase> purchases,
    List<Fold> folds) {

  private Moved(boolean isToRobots, VisitorState state) {
    this(isToRobots, state, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  }

  /**
   * Tells what has changed since the rows of robots were others. Each fold lies wholly in one
   * session, so another row of a robot has all of it.
   */
  static void tell(VisitorState state, RobotRows before, Settled settled) {
    RobotRows now = state.emissions().robots();
    if (now.equals(before)) {
      return;
    }
    var toRobots = new Moved(true, state);
    var toPeople = new Moved(false, state);
    for (Touch touch : state.live().touches()) {
      if (now.isAt(touch.time) != before.isAt(touch.time)) {
        (now.isAt(touch.time) ? toRobots : toPeople).touches.add(touch);
      }
    }
    for (OrderNews.Purchase purchase : state.orders().counted()) {
      if (now.isAt(purchase.time()) != before.isAt(purchase.time())) {
        (now.isAt(purchase.time()) ? toRobots : toPeople).purchases.add(purchase);
      }
    }
    for (Fold fold : state.liveFolds()) {
      Emission row = now.rowOf(fold);
      Emission rowBefore = before.rowOf(fold);
      if (row != null && !row.equals(rowBefore)) {
        toRobots.folds.add(fold);
      } else if (row == null && rowBefore != null) {
        toPeople.folds.add(fold);
      }
    }
    toPeople.tell(settled);
    toRobots.tell(settled);
  }

  private void tell(Settled settled) {
    if (!touches.isEmpty() || !purchases.isEmpty() || !folds.isEmpty()) {
      settled.move(this);
    }
  }
}
