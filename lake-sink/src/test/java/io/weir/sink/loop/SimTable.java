package io.weir.sink.loop;

import io.weir.lake.commit.Changes;
import io.weir.lake.commit.CommitPlan;
import io.weir.lake.commit.Marker;
import io.weir.lake.commit.Offsets;
import io.weir.sink.loop.SimFiles.SimRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.DataFile;

/**
 * A table in memory as a list of versions. Each version is checked against the topic when it is
 * added.
 */
final class SimTable {
  private final SimTopic topic;
  private final SimFiles files;
  private final List<Optional<Marker>> versions = new ArrayList<>();
  private final Set<SimRow> rows = new HashSet<>();
  private final List<InFlight> inFlight = new ArrayList<>();

  private record InFlight(int base, CommitPlan plan, Changes changes, Marker marker) {}

  SimTable(SimTopic topic, SimFiles files) {
    this.topic = topic;
    this.files = files;
  }

  int version() {
    return versions.size();
  }

  int rows() {
    return rows.size();
  }

  /** The markers of a version's history, the newest first. */
  List<Marker> history(int version) {
    var history = new ArrayList<Marker>();
    for (int i = version - 1; i >= 0; i--) {
      versions.get(i).ifPresent(history::add);
    }
    return history;
  }

  Marker newest() {
    List<Marker> history = history(version());
    return history.isEmpty() ? Marker.NONE : history.getFirst();
  }

  /** Commits as maintenance does, with a copy of the newest marker. */
  void maintain() {
    versions.add(newest().equals(Marker.NONE) ? Optional.empty() : Optional.of(newest()));
  }

  /** Commits as another engine does, without a marker. */
  void foreignCommit() {
    versions.add(Optional.empty());
  }

  /** Sends a request that takes effect later, or never. */
  void send(int base, CommitPlan plan, Changes changes, Marker marker) {
    inFlight.add(new InFlight(base, plan, changes, marker));
  }

  void deliver() {
    if (!inFlight.isEmpty()) {
      InFlight request = inFlight.removeLast();
      compareAndSet(request.base(), request.plan(), request.changes(), request.marker());
    }
  }

  boolean compareAndSet(int base, CommitPlan plan, Changes changes, Marker marker) {
    if (base != versions.size()) {
      return false;
    }
    checkOffsets(newest().offsets(), marker);
    Map<Integer, List<Long>> entering = take(changes);
    plan.spans()
        .forEach((partition, span) -> {
          List<Long> expected = topic.between(partition, span.from(), span.to());
          List<Long> found = entering.getOrDefault(partition, List.of());
          if (!found.equals(expected)) {
            throw new Simulation.Violation(
                "partition " + partition + " " + span + " has " + expected + ", enters " + found);
          }
        });
    versions.add(Optional.of(marker));
    return true;
  }

  private static void checkOffsets(Offsets before, Marker marker) {
    before
        .next()
        .forEach((partition, offset) -> {
          if (marker.offsets().of(partition) < offset) {
            throw new Simulation.Violation(
                "partition " + partition + " goes back from " + offset + " to " + marker);
          }
        });
  }

  private Map<Integer, List<Long>> take(Changes changes) {
    var entering = new HashMap<Integer, List<Long>>();
    for (DataFile file : changes.rows()) {
      for (SimRow row : files.refer(file.location())) {
        if (!rows.add(row)) {
          throw new Simulation.Violation(row + " enters the table twice");
        }
        entering.computeIfAbsent(row.partition(), _ -> new ArrayList<>()).add(row.offset());
      }
    }
    return entering;
  }
}
