package io.weir.stream.query.overview;

import io.weir.stream.processor.StreamProgress;
import io.weir.stream.query.cluster.Survey;
import io.weir.stream.query.visitor.SessionAnswer;
import java.util.List;
import java.util.stream.Stream;

/**
 * The answers about all visitors. Each question has two answers: that of this instance alone, which
 * another instance asks for, and that of the whole group.
 */
public final class GroupOverview {
  private static final int TOP = 20;

  /** Instances exchange longer lists, so that the merged list is right with many instances, too. */
  private static final int TOP_OF_ONE = 200;

  private static final int RECENT = 50;

  private final OpenSessions open;
  private final StreamProgress progress;
  private final Survey survey;

  public GroupOverview(OpenSessions open, StreamProgress progress, Survey survey) {
    this.open = open;
    this.progress = progress;
    this.survey = survey;
  }

  /** The open sessions of the group. */
  public OpenAnswer open(OpenOrder order, int most) {
    OpenAnswer mine = ownOpen(order, most);
    Survey.Result<OpenAnswer> others =
        survey.ask("/v1/sessions/open?limit=" + most + "&order=" + order.word(), OpenAnswer.class);
    List<OpenAnswer> all = Stream.concat(Stream.of(mine), others.answers().stream()).toList();
    return new OpenAnswer(
        all.stream().mapToLong(OpenAnswer::open).sum(),
        others.missing().isEmpty() && all.stream().allMatch(OpenAnswer::complete),
        others.missing(),
        all.stream()
            .flatMap(answer -> answer.sessions().stream())
            .sorted(order.ofAnswers())
            .limit(most)
            .toList());
  }

  /** The open sessions of this instance. */
  public OpenAnswer ownOpen(OpenOrder order, int most) {
    OpenSessions.Snapshot now = open.now();
    return new OpenAnswer(
        now.count(),
        now.isComplete(),
        List.of(),
        now.sessions().stream()
            .sorted(order.ofSessions())
            .limit(most)
            .map(session -> SessionAnswer.of(session, SessionAnswer.OPEN))
            .toList());
  }

  /**
   * The sessions the group emitted last. One instance has them in the order it emitted them; of
   * several instances, the session that ended last comes first.
   */
  public RecentAnswer recent() {
    RecentAnswer mine = ownRecent();
    Survey.Result<RecentAnswer> others = survey.ask("/v1/sessions/recent", RecentAnswer.class);
    return mine.with(others.answers(), others.missing(), RECENT);
  }

  /** The sessions this instance emitted last. */
  public RecentAnswer ownRecent() {
    return RecentAnswer.of(progress.recentSessions().newest(RECENT));
  }

  /** The counts of the group. */
  public CountsAnswer counts() {
    var sum = new CountsSum();
    sum.add(open.now());
    Survey.Result<CountsAnswer> others = survey.ask("/v1/counts", CountsAnswer.class);
    others.answers().forEach(sum::add);
    return sum.answer(TOP, 1 + others.answers().size(), others.missing());
  }

  /** The counts of this instance. */
  public CountsAnswer ownCounts() {
    var sum = new CountsSum();
    sum.add(open.now());
    return sum.answer(TOP_OF_ONE, 1, List.of());
  }
}
