package io.weir.training.table;

import io.weir.process.StartupException;
import java.util.List;

/**
 * A table of text with named columns.
 *
 * @param names unique and in the order of the file
 * @param columns one array of values per name; an absent value is empty text
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a list per column would be slower
public record TextColumns(List<String> names, List<String[]> columns) {

  public TextColumns {
    names = List.copyOf(names);
    columns = List.copyOf(columns);
  }

  public int rows() {
    return columns.getFirst().length;
  }

  /** The values of the named column, where each row without a value has one of its own. */
  public String[] identities(String name) {
    String[] identities = column(name).clone();
    for (int row = 0; row < identities.length; row++) {
      if (CellText.isMissing(identities[row])) {
        identities[row] = "\0row " + row;
      }
    }
    return identities;
  }

  /** The values of the named column; a name that is not in the table is a mistake of the user. */
  public String[] column(String name) {
    int index = names.indexOf(name);
    if (index < 0) {
      throw new StartupException(
          "there is no column \"" + name + "\"; the columns are " + String.join(", ", names));
    }
    return columns.get(index);
  }
}
