package io.weir.tools.sql;

import static io.weir.tools.sql.DuckType.quoted;
import static io.weir.tools.sql.DuckType.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/**
 * The query of the view of a table's snapshot, with the table's current columns.
 *
 * <p>Iceberg's scan decides which delete file applies to which data file, so this class need not
 * know sequence numbers and partitions. The pairs are a part of the query. A row is deleted if a
 * delete file that is paired with its data file has its key or its position.
 */
final class TableView {
  private final Table table;
  private final LocalFiles files;
  private final Map<String, String> data = new LinkedHashMap<>();
  private final Map<String, DeleteFile> deletes = new LinkedHashMap<>();
  private final List<String> pairs = new ArrayList<>();

  private TableView(Table table, LocalFiles files) {
    this.table = table;
    this.files = files;
  }

  static String of(Table table, @Nullable Snapshot snapshot, LocalFiles files) {
    var view = new TableView(table, files);
    if (snapshot != null) {
      view.plan(snapshot);
    }
    return view.pairs() + view.select();
  }

  private String pairs() {
    return pairs.isEmpty()
        ? ""
        : "WITH pairs(data_file, delete_file) AS (VALUES " + String.join(", ", pairs) + ") ";
  }

  private void plan(Snapshot snapshot) {
    try (CloseableIterable<FileScanTask> tasks =
        table.newScan().useSnapshot(snapshot.snapshotId()).planFiles()) {
      for (FileScanTask task : tasks) {
        String path = files.path(table.io(), task.file().location());
        data.put(path, task.file().location());
        for (DeleteFile delete : task.deletes()) {
          String deletePath = files.path(table.io(), delete.location());
          deletes.put(deletePath, delete);
          pairs.add("(" + text(path) + ", " + text(deletePath) + ")");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String select() {
    if (data.isEmpty()) {
      return "SELECT " + columns(field -> "NULL::" + DuckType.of(field.type())) + " WHERE false";
    }
    String columns =
        columns(field -> "d." + quoted(field.name()) + "::" + DuckType.of(field.type()));
    String from = " FROM " + parquet(data.keySet()) + " AS d";
    return "SELECT " + columns + from + conditions();
  }

  private interface Expression {
    String of(NestedField field);
  }

  private String columns(Expression expression) {
    return table.schema().columns().stream()
        .map(field -> expression.of(field) + " AS " + quoted(field.name()))
        .collect(Collectors.joining(", "));
  }

  private static String parquet(Iterable<String> paths) {
    var list = new StringBuilder("read_parquet([");
    for (String path : paths) {
      list.append(list.charAt(list.length() - 1) == '[' ? "" : ", ").append(text(path));
    }
    return list + "], union_by_name = true, filename = true, file_row_number = true)";
  }

  private String conditions() {
    var byKey = new LinkedHashMap<List<Integer>, List<String>>();
    var byPosition = new ArrayList<String>();
    deletes.forEach((path, delete) -> {
      if (delete.content() == FileContent.EQUALITY_DELETES) {
        byKey.computeIfAbsent(delete.equalityFieldIds(), _ -> new ArrayList<>()).add(path);
      } else {
        byPosition.add(path);
      }
    });
    var conditions = new ArrayList<String>();
    byKey.forEach((ids, paths) -> conditions.add(isGone(paths, sameKey(ids))));
    if (!byPosition.isEmpty()) {
      conditions.add(
          isGone(byPosition, "x.pos = d.file_row_number AND ends_with(x.file_path, d.filename)"));
    }
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }

  private String sameKey(List<Integer> ids) {
    return ids.stream()
        .map(id -> quoted(table.schema().findField(id).name()))
        .map(column -> "x." + column + " IS NOT DISTINCT FROM d." + column)
        .collect(Collectors.joining(" AND "));
  }

  private String isGone(List<String> paths, String same) {
    return "NOT EXISTS (SELECT 1 FROM "
        + parquet(paths)
        + " AS x JOIN pairs AS p ON p.delete_file = x.filename WHERE p.data_file = d.filename AND "
        + same
        + ")";
  }
}
