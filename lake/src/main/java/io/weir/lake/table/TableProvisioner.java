package io.weir.lake.table;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates missing tables, and changes existing ones to the columns of this version. */
public final class TableProvisioner {
  private static final Logger LOG = LoggerFactory.getLogger(TableProvisioner.class);

  /** Row groups are kept in memory until they are written; 16 MiB bounds that per open file. */
  public static final int ROW_GROUP_BYTES = 16 << 20;

  /**
   * The limit of a dictionary; each column of an open file may have one. Larger ones are slow and
   * hardly compress better.
   */
  private static final int DICTIONARY_BYTES = 256 << 10;

  /**
   * The limit of a bloom filter, enough for 100,000 values in a row group. Fewer values get a
   * smaller filter.
   */
  private static final int BLOOM_BYTES = 128 << 10;

  private static final Map<String, String> PROPERTIES =
      Map.ofEntries(
          Map.entry(TableProperties.FORMAT_VERSION, "2"),
          Map.entry(TableProperties.PARQUET_COMPRESSION, "zstd"),
          Map.entry(TableProperties.DELETE_PARQUET_COMPRESSION, "zstd"),
          Map.entry(TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES, "" + ROW_GROUP_BYTES),
          Map.entry(TableProperties.PARQUET_DICT_SIZE_BYTES, "" + DICTIONARY_BYTES),
          Map.entry(TableProperties.PARQUET_BLOOM_FILTER_MAX_BYTES, "" + BLOOM_BYTES),
          Map.entry(TableProperties.PARQUET_BLOOM_FILTER_ADAPTIVE_ENABLED, "true"),
          Map.entry(TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED, "true"),
          Map.entry(TableProperties.METADATA_PREVIOUS_VERSIONS_MAX, "20"));

  private final Catalog catalog;

  public TableProvisioner(Catalog catalog) {
    this.catalog = catalog;
  }

  /**
   * Creates the table or brings it up to date, and returns it. Another instance may do the same at
   * the same time.
   */
  public Table ensure(TableSpec spec) {
    ensureNamespace(spec);
    Table table = catalog.tableExists(spec.identifier()) ? load(spec) : create(spec);
    List<String> changes = SchemaEvolution.apply(table, spec);
    if (!changes.isEmpty()) {
      LOG.info("Columns of {}: {}", table.name(), String.join(", ", changes));
    }
    return table;
  }

  private void ensureNamespace(TableSpec spec) {
    if (catalog instanceof SupportsNamespaces namespaces
        && !namespaces.namespaceExists(spec.identifier().namespace())) {
      try {
        namespaces.createNamespace(spec.identifier().namespace());
      } catch (AlreadyExistsException e) {
        LOG.debug("{} was made by another instance", spec.namespace(), e);
      }
    }
  }

  private Table load(TableSpec spec) {
    return catalog.loadTable(spec.identifier());
  }

  private Table create(TableSpec spec) {
    var properties = new HashMap<>(PROPERTIES);
    properties.putAll(spec.layout().properties());
    try {
      Table table =
          catalog.createTable(spec.identifier(), spec.schema(), spec.partitioning(), properties);
      LOG.info("Created table {} at {}", spec.fullName(), table.location());
      return table;
    } catch (AlreadyExistsException e) {
      LOG.debug("{} was made by another instance", spec.fullName(), e);
      return load(spec);
    }
  }
}
