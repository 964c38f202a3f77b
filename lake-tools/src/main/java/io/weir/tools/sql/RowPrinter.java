package io.weir.tools.sql;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Prints the answer to a query. */
public interface RowPrinter {

  void print(ResultSet rows) throws SQLException;
}
