package io.weir.sink.table;

import java.util.Set;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * A table of the lake: its columns, the time whose day it is partitioned by, and which of the
 * record's fields are times.
 */
public record TableSpec(
    String namespace, String name, Schema schema, String dayOf, Set<String> times) {

  public TableSpec {
    times = Set.copyOf(times);
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
