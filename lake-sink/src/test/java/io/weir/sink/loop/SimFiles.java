package io.weir.sink.loop;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A file system in memory that knows which files a table points to. */
final class SimFiles {
  private final Map<String, List<SimRow>> files = new HashMap<>();
  private final Set<String> referenced = new HashSet<>();

  /** A row, named by the record that it was made of. */
  record SimRow(int partition, long offset) {}

  String write(List<SimRow> rows) {
    String path = "file-" + files.size() + ".parquet";
    files.put(path, List.copyOf(rows));
    return path;
  }

  void delete(String path) {
    if (referenced.contains(path)) {
      throw new Simulation.Violation(path + " is deleted although the table points to it");
    }
    files.put(path, List.of());
  }

  List<SimRow> refer(String path) {
    List<SimRow> rows = files.get(path);
    if (rows == null || rows.isEmpty()) {
      throw new Simulation.Violation(path + " enters the table but does not exist");
    }
    if (!referenced.add(path)) {
      throw new Simulation.Violation(path + " enters the table twice");
    }
    return rows;
  }
}
