package io.weir.training;

import io.weir.training.artifact.ModelArtifact;
import io.weir.training.session.SessionParts;
import io.weir.training.table.CsvReading;
import io.weir.training.table.LabelColumn;
import io.weir.training.table.RowParts;
import io.weir.training.table.ServedColumns;
import io.weir.training.table.TableEncoding;
import io.weir.training.table.TextColumns;
import io.weir.training.tree.RoundListener;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** One training on one table, from text to the files of the model. */
final class TableTraining {
  private final TrainingTask task;
  private final ModelTraining training;

  TableTraining(TrainingTask task, TrainingPlan plan, RoundListener listener, Clock clock) {
    this.task = task;
    var subject =
        new ModelTraining.Subject(
            task.name(), task.label(), task.group(), task.seed(), Map.of("weir_name", task.name()));
    this.training = new ModelTraining(subject, plan, listener, clock);
  }

  ModelArtifact run(TextColumns table) {
    return training.run(parts(table));
  }

  private ModelTraining.Parts parts(TextColumns table) {
    LabelColumn labels = LabelColumn.of(task.label(), table.column(task.label()));
    RowParts rows = RowParts.split(groups(table), labels, task.seed());
    TableEncoding encoding = TableEncoding.learn(table, unseen(table), rows.train());
    boolean[] outcomes = labels.isPositive();
    return new ModelTraining.Parts(
        encoding,
        encoding.encode(table, outcomes, rows.train()),
        encoding.encode(table, outcomes, rows.validation()),
        encoding.encode(table, outcomes, rows.test()),
        ServedColumns.NONE,
        labels.unknown(),
        0,
        null,
        null,
        SessionParts.Cuts.NONE);
  }

  /** The group of each row; a row without one is a group of its own. */
  private String[] groups(TextColumns table) {
    return task.group()
        .map(table::identities)
        .orElseGet(() ->
            IntStream.range(0, table.rows()).mapToObj(Integer::toString).toArray(String[]::new));
  }

  private Map<String, String> unseen(TextColumns table) {
    var unseen = new LinkedHashMap<String, String>();
    for (String name : task.drop()) {
      table.column(name); // complains about an unknown name
      unseen.put(name, "dropped by --drop");
    }
    if (table.names().contains(CsvReading.INDEX)) {
      unseen.put(CsvReading.INDEX, "has no name: numbers of the rows");
    }
    task.group().ifPresent(name -> unseen.put(name, "the group"));
    unseen.put(task.label(), "the label");
    return unseen;
  }
}
