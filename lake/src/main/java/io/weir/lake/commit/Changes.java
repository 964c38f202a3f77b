package io.weir.lake.commit;

import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;

/** The closed files of one commit. Without files the commit only moves the offsets. */
public record Changes(List<DataFile> rows, List<DeleteFile> deletes) {
  public static final Changes NONE = new Changes(List.of(), List.of());

  public Changes {
    rows = List.copyOf(rows);
    deletes = List.copyOf(deletes);
  }

  public int files() {
    return rows.size() + deletes.size();
  }
}
