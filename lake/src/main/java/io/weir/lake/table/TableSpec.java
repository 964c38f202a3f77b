package io.weir.lake.table;

import java.util.Map;
import java.util.Set;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * The definition of a table of the lake. {@code dayOf} is the time column whose day is the
 * partition, {@code times} are the record's fields that are times, and {@code formerNames} are the
 * former names of columns by their id in {@code schema}.
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

  /** The name that people use, e.g. {@code silver.events}. */
  public String fullName() {
    return namespace + "." + name;
  }
}
