package io.weir.stream.query.quality;

import io.weir.stream.query.cluster.Survey;
import io.weir.stream.query.metrics.CellReader;
import io.weir.stream.query.metrics.MovingPartitions;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Answers what became of raw records, from the cells of minutes of all instances. */
public final class GroupQuality {
  private static final String PATH = "/v1/quality";

  private final OwnMinutes minutes;
  private final Survey survey;
  private final int partitions;
  private final Clock clock;

  /**
   * Creates the answers of a group.
   *
   * @param partitions the number of partitions that all instances have together
   */
  public GroupQuality(CellReader store, Survey survey, int partitions, Clock clock) {
    this.minutes = new OwnMinutes(store, clock);
    this.survey = survey;
    this.partitions = partitions;
    this.clock = clock;
  }

  /** The end of the minute that runs. */
  public Instant endOfMinute() {
    return clock.instant().truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
  }

  /**
   * The minutes that begin in a range.
   *
   * @throws MovingPartitions if the question should be repeated in a moment
   */
  public QualityAnswer answer(Instant from, Instant to) {
    OwnQuality mine = own(from, to);
    Survey.Result<OwnQuality> others =
        survey.ask(PATH + "?from=" + from + "&to=" + to, OwnQuality.class);
    var sums = new QualitySums();
    var absent = new TreeSet<Integer>(IntStream.range(0, partitions).boxed().toList());
    for (OwnQuality each : Stream.concat(Stream.of(mine), others.answers().stream()).toList()) {
      for (Integer partition : each.partitions()) {
        if (!absent.remove(partition)) {
          throw new MovingPartitions(
              "partition " + partition + " moves from one instance to another");
        }
      }
      each.counts().forEach(sums::add);
    }
    boolean isComplete = absent.isEmpty() && others.missing().isEmpty();
    return new QualityAnswer(
        from, to, sums.minutes(), isComplete, others.missing(), List.copyOf(absent));
  }

  /** The counts of this instance's partitions, for another instance. */
  public OwnQuality own(Instant from, Instant to) {
    return minutes.counts(from, to);
  }
}
