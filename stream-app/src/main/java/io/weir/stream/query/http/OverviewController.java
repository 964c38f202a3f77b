package io.weir.stream.query.http;

import io.weir.stream.query.overview.CountsAnswer;
import io.weir.stream.query.overview.RecentAnswer;
import io.weir.stream.query.overview.CountsSum;
import io.weir.stream.query.cluster.Forwarder;
import io.weir.stream.query.overview.OpenOrder;
import io.weir.stream.query.overview.OpenSessions;
import io.weir.stream.query.overview.OpenAnswer;
import io.weir.stream.query.cluster.Survey;
import io.weir.stream.query.overview.OpenSnapshot;
import io.weir.stream.query.visitor.SessionAnswer;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.weir.stream.processor.StreamProgress;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What goes on now, on all instances together. */
@Controller("/v1")
@ExecuteOn(TaskExecutors.BLOCKING)
final class OverviewController {
  private static final int TOP = 20;

  /** Between instances, so that the merged list is right with more than a handful of them. */
  private static final int TOP_OF_ONE = 200;

  private static final int RECENT = 50;

  private final OpenSessions open;
  private final StreamProgress progress;
  private final Survey survey;

  OverviewController(OpenSessions open, StreamProgress progress, Survey survey) {
    this.open = open;
    this.progress = progress;
    this.survey = survey;
  }

  @Get("/sessions/open")
  OpenAnswer open(
      HttpRequest<?> request,
      @QueryValue @Nullable String limit,
      @QueryValue @Nullable String order) {
    OpenOrder by = Parameters.order(order);
    int most = Parameters.limit(limit);
    OpenAnswer mine = mine(by, most);
    if (Forwarder.isForwarded(request)) {
      return mine;
    }
    Survey.Result<OpenAnswer> others =
        survey.ask("/v1/sessions/open?limit=" + most + "&order=" + by.word(), OpenAnswer.class);
    List<OpenAnswer> all = Stream.concat(Stream.of(mine), others.answers().stream()).toList();
    return new OpenAnswer(
        all.stream().mapToLong(OpenAnswer::open).sum(),
        others.missing().isEmpty() && all.stream().allMatch(OpenAnswer::complete),
        others.missing(),
        all.stream()
            .flatMap(answer -> answer.sessions().stream())
            .sorted(by.ofAnswers())
            .limit(most)
            .toList());
  }

  private OpenAnswer mine(OpenOrder by, int most) {
    OpenSnapshot now = open.now();
    return new OpenAnswer(
        now.count(),
        now.isComplete(),
        List.of(),
        now.sessions().stream()
            .sorted(by.ofSessions())
            .limit(most)
            .map(session -> SessionAnswer.of(session, SessionAnswer.OPEN))
            .toList());
  }

  /** One instance has them in the order it emitted them; of several, what ended last is first. */
  @Get("/sessions/recent")
  RecentAnswer recent(HttpRequest<?> request) {
    RecentAnswer mine = RecentAnswer.of(progress.recentSessions().newest(RECENT));
    if (Forwarder.isForwarded(request)) {
      return mine;
    }
    Survey.Result<RecentAnswer> others = survey.ask("/v1/sessions/recent", RecentAnswer.class);
    return mine.with(others.answers(), others.missing(), RECENT);
  }

  @Get("/counts")
  CountsAnswer counts(HttpRequest<?> request) {
    var tally = new CountsSum();
    tally.add(open.now());
    if (Forwarder.isForwarded(request)) {
      return tally.answer(TOP_OF_ONE, 1, List.of());
    }
    Survey.Result<CountsAnswer> others = survey.ask("/v1/counts", CountsAnswer.class);
    others.answers().forEach(tally::add);
    return tally.answer(TOP, 1 + others.answers().size(), others.missing());
  }
}
