package io.weir.lake.table;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.TableProperties;

/**
 * How the files of a table are written beyond what all have in common.
 *
 * @param unique columns with hardly a value twice: a dictionary of them only costs
 * @param searched columns that one value is looked for in: they get bloom filters
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
