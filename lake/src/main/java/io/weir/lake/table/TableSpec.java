package io.weir.lake.table;

import java.util.Map;
import java.util.Set;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * A table of the lake: its columns, the time whose day it is partitioned by, which of the record's
 * fields are times, and how columns were called before, by their id in the schema here.
 */
public record TableSpec(
    String namespace,
    String name,
    Schema schema,
    String dayOf,
    Set<String> times,
    Map<Integer, Set<String>> formerNames,
    FileLayout layout) {

  public TableSpec {
    times = Set.copyOf(times);
    formerNames = Map.copyOf(formerNames);
    if (schema.findField(dayOf) == null) {
      throw new IllegalArgumentException(namespace + "." + name + " has no column " + dayOf);
    }
  }

  public TableIdentifier identifier() {
    return TableIdentifier.of(Namespace.of(namespace), name);
  }

  public PartitionSpec partitioning() {
    return PartitionSpec.builderFor(schema).day(dayOf).build();
  }

  /** {@code silver.events}: the name people use. */
  public String fullName() {
    return namespace + "." + name;
  }
}
