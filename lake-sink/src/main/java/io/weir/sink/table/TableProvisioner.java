package io.weir.sink.table;

import java.util.List;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the tables that are missing, and brings existing ones to the columns of today. */
public final class TableProvisioner {
  private static final Logger LOG = LoggerFactory.getLogger(TableProvisioner.class);

  /** Row groups are kept in memory until they are written; 16 MiB bounds that per open file. */
  public static final int ROW_GROUP_BYTES = 16 << 20;

  private static final Map<String, String> PROPERTIES =
      Map.of(
          TableProperties.FORMAT_VERSION, "2",
          TableProperties.PARQUET_COMPRESSION, "zstd",
          TableProperties.DELETE_PARQUET_COMPRESSION, "zstd",
          TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES, Integer.toString(ROW_GROUP_BYTES),
          TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED, "true",
          TableProperties.METADATA_PREVIOUS_VERSIONS_MAX, "20");

  private final Catalog catalog;

  public TableProvisioner(Catalog catalog) {
    this.catalog = catalog;
  }

  /** The table as it is after this call, also when another instance makes it now. */
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
    try {
      Table table =
          catalog.createTable(spec.identifier(), spec.schema(), spec.partitioning(), PROPERTIES);
      LOG.info("Created table {} at {}", spec.fullName(), table.location());
      return table;
    } catch (AlreadyExistsException e) {
      LOG.debug("{} was made by another instance", spec.fullName(), e);
      return load(spec);
    }
  }
}
