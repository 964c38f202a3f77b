package io.weir.lake.table;

import io.weir.contract.avro.Session;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/**
 * The columns of {@code silver.session_changes}: those of a session, whether the record retracts
 * it, and the place of the record in the topic of the sessions.
 */
public final class SessionChanges {
  public static final String TIME = "change_time";
  public static final String PARTITION = "change_partition";
  public static final String OFFSET = "change_offset";

  private SessionChanges() {}

  static TableSpec spec(String dayOf, Set<String> times, FileLayout layout) {
    Schema session = AvroTypes.columns(Session.getClassSchema(), times, Set.of());
    Map<Integer, Set<String>> formerNames =
        AvroTypes.formerNames(Session.getClassSchema(), times, Set.of());
    int last = TypeUtil.indexById(session.asStruct()).keySet().stream().reduce(0, Integer::max);
    var columns = new ArrayList<>(session.columns());
    columns.add(time(last + 1));
    columns.add(place(last + 2, PARTITION, Types.IntegerType.get(), "partition"));
    columns.add(place(last + 3, OFFSET, Types.LongType.get(), "offset"));
    return new TableSpec(
        "silver", "session_changes", new Schema(columns), dayOf, times, formerNames, layout);
  }

  private static NestedField time(int id) {
    return NestedField.required(
        id, TIME, Types.TimestampType.withZone(), "the time of the record in the topic sessions");
  }

  private static NestedField place(int id, String name, Type type, String what) {
    return NestedField.required(id, name, type, "the " + what + " of the record in that topic");
  }
}
