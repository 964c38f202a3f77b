package io.weir.tools.reconcile;

import java.math.BigDecimal;
import java.util.Map;

/**
 * A cell as one side has it.
 *
 * @param figures by measure, without those that are zero; revenue is one measure per currency
 */
record SessionCell(CellKey key, Map<String, BigDecimal> figures) {
  static final String SESSIONS = "sessions";
  static final String REVENUE = "revenue ";

  SessionCell {
    figures = Map.copyOf(figures);
  }
}
