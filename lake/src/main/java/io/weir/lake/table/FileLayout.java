package io.weir.lake.table;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.TableProperties;

/**
 * The settings of a table's files that differ from those of other tables.
 *
 * @param unique columns of nearly unique values, for which a dictionary costs more than it saves
 * @param searched columns that queries search for one value; they get bloom filters
 */
public record FileLayout(Set<String> unique, Set<String> searched) {
  static final FileLayout PLAIN = new FileLayout(Set.of(), Set.of());

  public FileLayout {
    unique = Set.copyOf(unique);
    searched = Set.copyOf(searched);
  }

  Map<String, String> properties() {
    var properties = new HashMap<String, String>();
    for (String column : unique) {
      properties.put(TableProperties.PARQUET_DICT_ENCODING_ENABLED_COLUMN_PREFIX + column, "false");
    }
    for (String column : searched) {
      properties.put(TableProperties.PARQUET_BLOOM_FILTER_COLUMN_ENABLED_PREFIX + column, "true");
    }
    return properties;
  }
}
