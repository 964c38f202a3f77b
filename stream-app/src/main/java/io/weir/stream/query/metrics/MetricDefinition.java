package io.weir.stream.query.metrics;

import io.weir.contract.GoldKey.Dimension;
import io.weir.contract.GoldKey.Subject;
import java.util.List;

/**
 * The definition of a metric.
 *
 * @param sentence says what is counted
 * @param unit of the values
 * @param dimensions the properties that break it down
 */
public record MetricDefinition(
    String name,
    String sentence,
    Subject subject,
    Formula formula,
    String unit,
    List<Dimension> dimensions) {

  private static final String OF_TERMS = "Searches that are part of a session, by their own time.";

  public MetricDefinition {
    dimensions = List.copyOf(dimensions);
  }

  /**
   * The metric as the cells of a dimension have it. A session has no search term, its events have.
   */
  MetricDefinition by(Dimension dimension) {
    return dimension == Dimension.SEARCH_TERM
        ? new MetricDefinition(name, OF_TERMS, Subject.EVENTS, formula, unit, dimensions)
        : this;
  }

  boolean isOfVisitors() {
    return subject == Subject.VISITORS;
  }

  /** Whether only the rows of sessions in PostgreSQL know the metric. */
  boolean isOfRows() {
    return formula instanceof Formula.RowMean;
  }

  /** Whether a value can be final. What comes too late is counted however late it is. */
  boolean canBeFinal() {
    return subject != Subject.LATE;
  }

  boolean isMoney() {
    return formula instanceof Formula.Money;
  }

  List<String> dimensionNames() {
    return dimensions.stream().map(Dimension::code).toList();
  }
}
