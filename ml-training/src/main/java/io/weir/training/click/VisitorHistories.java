package io.weir.training.click;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.lake.table.LakeTables;
import io.weir.model.feature.VisitorEvent;
import io.weir.model.feature.VisitorPast;
import io.weir.training.click.ImpressionSet.Stored;
import io.weir.training.session.KeySample;
import io.weir.training.session.LakeReader;
import io.weir.training.session.LakeSessions.Range;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The events of visitors, folded as in the training. If there are more than memory holds, half of
 * the visitors are dropped, and half again: each one that stays has all events.
 */
public final class VisitorHistories {
  private final Map<String, List<Stored>> visitors = new HashMap<>();
  private final KeySample sample;
  private final int most;
  private long newest = Long.MIN_VALUE;
  private int kept;

  /**
   * Histories without events.
   *
   * @param sample of visitors; it is halved when there are too many events
   * @param most events
   */
  public VisitorHistories(KeySample sample, int most) {
    this.sample = sample;
    this.most = most;
  }

  /** Looks at an impression whose outcome is known. */
  @FunctionalInterface
  public interface Observer {
    /**
     * One impression.
     *
     * @param past without the impression itself; to be read at once
     */
    void see(String id, VisitorPast past, VisitorEvent impression, boolean isClicked);
  }

  /** Adds the events of a range of the lake. */
  public void read(LakeReader lake, Range range) {
    var reader = new LakeEventRow();
    lake.rows(
        LakeTables.EVENTS,
        "event_time",
        range,
        LakeEventRow.COLUMNS,
        row -> add(reader.event(row)));
  }

  void add(EnrichedEvent event) {
    newest = Math.max(newest, event.getEventTime());
    String visitor = event.getVisitorId();
    if (event.getIsBot() || !sample.isDrawn(visitor)) {
      return;
    }
    visitors
        .computeIfAbsent(visitor, _ -> new ArrayList<>())
        .add(new Stored(event.getEventId(), VisitorEvent.of(event)));
    kept++;
    while (kept > most) {
      sample.halve();
      visitors.keySet().removeIf(each -> !sample.isDrawn(each));
      kept = visitors.values().stream().mapToInt(List::size).sum();
    }
  }

  /** Shows each impression with the past of its visitor. To be called once. */
  public void show(Observer observer) {
    for (List<Stored> events : visitors.values()) {
      events.sort(ImpressionSet.IN_TIME);
      boolean[] clicked = ClickMatching.clicked(events.stream().map(Stored::event).toList());
      var past = new VisitorPast();
      for (int at = 0; at < clicked.length; at++) {
        VisitorEvent event = events.get(at).event();
        if (event.isImpression() && newest - event.time() >= ClickMatching.MATCH_MS) {
          observer.see(events.get(at).id(), past, event, clicked[at]);
        }
        past.add(event);
      }
    }
  }
}
