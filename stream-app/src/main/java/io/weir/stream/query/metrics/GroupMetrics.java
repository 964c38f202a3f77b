package io.weir.stream.query.metrics;

import io.weir.contract.GoldKey.Grain;
import io.weir.stream.gold.GoldRules;
import io.weir.stream.query.cluster.Survey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Answers queries about metrics: asks every other instance for the sums of its partitions, and adds
 * this instance's own.
 */
public final class GroupMetrics {
  private static final String PATH = "/v1/cells/";

  private final OwnCells own;
  private final Survey survey;
  private final int partitions;
  private final GoldRules rules;
  private final Clock clock;

  /**
   * Creates the answers of a group.
   *
   * @param partitions the number of partitions that all instances have together
   * @param rules say which days have cells, and how long the others are kept
   */
  public GroupMetrics(
      CellReader store, Survey survey, int partitions, GoldRules rules, Clock clock) {
    this.own = new OwnCells(store);
    this.survey = survey;
    this.partitions = partitions;
    this.rules = rules;
    this.clock = clock;
  }

  /**
   * The answer of the whole group to a query for which there are cells.
   *
   * @throws RefusedQuery if the answer would be too large
   * @throws MovingPartitions if the query should be repeated in a moment
   */
  MetricAnswer answer(MetricQuery query) {
    Grain cells = query.buckets().cells(rules.zone());
    PartialSums mine = own.sums(query, cells);
    String question =
        PATH + query.metric().name() + "?" + query.explicit().encoded() + "&cells=" + cells.code();
    Survey.Result<PartialSums> others = survey.ask(question, PartialSums.class);
    List<PartialSums> all = Stream.concat(Stream.of(mine), others.answers().stream()).toList();
    PlacedSums total = added(query, all);
    Coverage coverage = Coverage.of(all, partitions, others.missing());
    return new AnswerTable(query, total, coverage).answer(MetricAnswer.STATE);
  }

  /**
   * The sums of this instance's partitions, for another instance.
   *
   * @param cells the code of the grain of the cells to read
   */
  public PartialSums ownSums(MetricDefinition metric, MetricRequest request, String cells) {
    MetricQuery query = QueryReader.read(metric, request, rules.zone(), clock.instant());
    if (!query.isOfOneDimension()) {
      throw new RefusedQuery("cells have one dimension at a time");
    }
    for (Grain grain : Grain.OF_NUMBERS) {
      if (grain.code().equals(cells)) {
        return own.sums(query, grain);
      }
    }
    throw RefusedQuery.of("cells", cells, "is none of 15m, day");
  }

  private static PlacedSums added(MetricQuery query, List<PartialSums> all) {
    try {
      var total = new PlacedSums(query);
      for (PartialSums each : all) {
        if (each.tooMany()) {
          throw new PlacedSums.TooMany();
        }
        total.add(each);
      }
      return total;
    } catch (PlacedSums.TooMany e) {
      throw AnswerTable.tooMany();
    }
  }

  /**
   * The part of the group that answered.
   *
   * @param settledUntil the least of all partitions; null while one of them is missing or silent
   */
  record Coverage(
      @Nullable Long settledUntil, List<String> missing, List<Integer> missingPartitions) {

    static Coverage of(List<PartialSums> answers, int partitions, List<String> missing) {
      var absent = new ArrayList<Integer>();
      for (int i = 0; i < partitions; i++) {
        absent.add(i);
      }
      long settled = Long.MAX_VALUE;
      for (PartialSums answer : answers) {
        for (PartialSums.Progress each : answer.partitions()) {
          if (!absent.remove(Integer.valueOf(each.partition()))) {
            throw new MovingPartitions(
                "partition " + each.partition() + " moves from one instance to another");
          }
          settled = Math.min(settled, each.settledUntil());
        }
      }
      if (absent.size() == partitions) {
        throw new MovingPartitions("no partition can be read now");
      }
      boolean isKnown = absent.isEmpty() && settled > 0;
      return new Coverage(isKnown ? settled : null, missing, absent);
    }

    boolean isComplete() {
      return missing.isEmpty() && missingPartitions.isEmpty();
    }
  }
}
