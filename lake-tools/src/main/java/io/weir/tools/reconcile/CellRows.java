package io.weir.tools.reconcile;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of {@code sessions.sql}, {@code sums.sql} and {@code cells.sql}, which begin
 * alike: the key, the names of amounts like {@code revenue EUR} with the amounts, and one column
 * per further measure.
 */
final class CellRows implements SortedCells {
  private static final int DIMENSION = 1;
  private static final int BUCKET = 2;
  private static final int IS_BOT = 3;
  private static final int VALUE = 4;
  private static final int NAMES = 5;
  private static final int AMOUNTS = 6;

  private final CellGroup group;
  private final ResultSet rows;
  private final ResultSetMetaData columns;
  private final LongUnaryOperator bucketMs;
  private @Nullable CellKey last;

  /** Takes over the rows and closes their statement. */
  CellRows(CellGroup group, ResultSet rows) throws SQLException {
    this(group, rows, LongUnaryOperator.identity());
  }

  /** Reads rows whose bucket is another number, such as a day since 1970. */
  CellRows(CellGroup group, ResultSet rows, LongUnaryOperator bucketMs) throws SQLException {
    this.group = group;
    this.bucketMs = bucketMs;
    this.rows = rows;
    this.columns = rows.getMetaData();
  }

  @Override
  public @Nullable SessionCell next() throws SQLException {
    if (!rows.next()) {
      return null;
    }
    var key =
        new CellKey(
            group,
            rows.getString(DIMENSION),
            bucketMs.applyAsLong(rows.getLong(BUCKET)),
            rows.getBoolean(IS_BOT),
            rows.getString(VALUE));
    if (last != null && last.compareTo(key) >= 0) {
      throw new IllegalStateException(key + " comes behind " + last);
    }
    last = key;
    return new SessionCell(key, figures());
  }

  private Map<String, BigDecimal> figures() throws SQLException {
    var figures = new HashMap<String, BigDecimal>();
    for (int i = AMOUNTS + 1; i <= columns.getColumnCount(); i++) {
      put(figures, columns.getColumnLabel(i), rows.getObject(i));
    }
    Array amountNames = rows.getArray(NAMES);
    if (amountNames != null) {
      var names = (Object[]) amountNames.getArray();
      var amounts = (Object[]) rows.getArray(AMOUNTS).getArray();
      for (int i = 0; i < names.length; i++) {
        put(figures, names[i].toString(), amounts[i]);
      }
    }
    return figures;
  }

  /** Numbers are of many types; equal ones get one form. */
  private static void put(Map<String, BigDecimal> figures, String measure, @Nullable Object value) {
    if (value != null) {
      BigDecimal number = new BigDecimal(value.toString()).stripTrailingZeros();
      if (number.signum() != 0) {
        figures.put(measure, number);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    rows.getStatement().close();
  }
}
