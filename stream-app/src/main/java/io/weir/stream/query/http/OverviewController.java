package io.weir.stream.query.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.weir.stream.query.overview.CountsAnswer;
import io.weir.stream.query.overview.GroupOverview;
import io.weir.stream.query.overview.OpenAnswer;
import io.weir.stream.query.overview.OpenOrder;
import io.weir.stream.query.overview.RecentAnswer;
import org.jspecify.annotations.Nullable;

/** The questions about all visitors; another instance gets the answer of this one alone. */
@Controller("/v1")
@ExecuteOn(TaskExecutors.BLOCKING)
final class OverviewController {
  private final GroupOverview overview;

  OverviewController(GroupOverview overview) {
    this.overview = overview;
  }

  @Get("/sessions/open")
  OpenAnswer open(
      HttpRequest<?> request,
      @QueryValue @Nullable String limit,
      @QueryValue @Nullable String order) {
    OpenOrder by = Parameters.order(order);
    int most = Parameters.limit(limit);
    return Parameters.isForwarded(request) ? overview.ownOpen(by, most) : overview.open(by, most);
  }

  @Get("/sessions/recent")
  RecentAnswer recent(HttpRequest<?> request) {
    return Parameters.isForwarded(request) ? overview.ownRecent() : overview.recent();
  }

  @Get("/counts")
  CountsAnswer counts(HttpRequest<?> request) {
    return Parameters.isForwarded(request) ? overview.ownCounts() : overview.counts();
  }
}
