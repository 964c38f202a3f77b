package io.weir.stream.query;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.weir.stream.processor.Progress;
import java.util.List;

/** Counters, progress, and the sessions that closed last. */
@Controller("/v1")
final class StatusController {
  private static final int RECENT = 50;

  private final StatusReport report;
  private final Progress progress;

  StatusController(StatusReport report, Progress progress) {
    this.report = report;
    this.progress = progress;
  }

  @Get("/status")
  Status status() {
    return report.now();
  }

  @Get("/sessions/recent")
  List<SessionAnswer> recent() {
    return progress.liveSessions().newest(RECENT).stream().map(SessionAnswer::emitted).toList();
  }
}
