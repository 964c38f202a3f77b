package io.weir.stream.query.http;

import io.micronaut.core.type.Argument;
import io.micronaut.serde.ObjectMapper;
import io.micronaut.serde.annotation.SerdeImport;
import io.weir.http.WebServer;
import io.weir.stream.query.cluster.ClusterAnswers;
import io.weir.stream.query.cluster.StatusAnswer;
import io.weir.stream.query.cluster.Survey.AnswerReader;
import io.weir.stream.query.live.LiveCounters;
import io.weir.stream.query.live.LiveNews;
import io.weir.stream.query.metrics.MetricAnswer;
import io.weir.stream.query.metrics.PartialSums;
import io.weir.stream.query.overview.CountsAnswer;
import io.weir.stream.query.overview.OpenAnswer;
import io.weir.stream.query.overview.RecentAnswer;
import io.weir.stream.query.quality.OwnQuality;
import io.weir.stream.query.quality.QualityAnswer;
import io.weir.stream.query.quality.RefusedAnswer;
import io.weir.stream.query.reports.PersonAnswer;
import io.weir.stream.query.reports.ReportAnswer;
import io.weir.stream.query.visitor.OpenSessionAnswer;
import io.weir.stream.query.visitor.SessionAnswer;
import io.weir.stream.query.visitor.SessionPage;
import io.weir.stream.query.visitor.VisitorAnswer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of the answers of the other packages: listed here, so that those packages need not
 * know Micronaut. A record that is missing from the list fails its route with status 500.
 */
@SerdeImport(ClusterAnswers.Topology.class)
@SerdeImport(ClusterAnswers.Instance.class)
@SerdeImport(ClusterAnswers.Lag.class)
@SerdeImport(ClusterAnswers.StoreLag.class)
@SerdeImport(StatusAnswer.class)
@SerdeImport(StatusAnswer.PartitionStatus.class)
@SerdeImport(LiveCounters.class)
@SerdeImport(LiveNews.class)
@SerdeImport(PersonAnswer.class)
@SerdeImport(RefusedAnswer.class)
@SerdeImport(RefusedAnswer.Rejection.class)
@SerdeImport(MetricAnswer.class)
@SerdeImport(MetricAnswer.Definition.class)
@SerdeImport(MetricAnswer.ListOfMetrics.class)
@SerdeImport(MetricAnswer.Row.class)
@SerdeImport(PartialSums.class)
@SerdeImport(PartialSums.Progress.class)
@SerdeImport(PartialSums.Row.class)
@SerdeImport(OwnQuality.class)
@SerdeImport(OwnQuality.Count.class)
@SerdeImport(QualityAnswer.class)
@SerdeImport(QualityAnswer.Minute.class)
@SerdeImport(CountsAnswer.class)
@SerdeImport(CountsAnswer.Top.class)
@SerdeImport(OpenAnswer.class)
@SerdeImport(RecentAnswer.class)
@SerdeImport(SessionAnswer.class)
@SerdeImport(SessionPage.class)
@SerdeImport(ReportAnswer.class)
@SerdeImport(ReportAnswer.Definition.class)
@SerdeImport(ReportAnswer.ListOfReports.class)
@SerdeImport(VisitorAnswer.class)
@SerdeImport(VisitorAnswer.Event.class)
@SerdeImport(VisitorAnswer.ClickScoreAnswer.class)
@SerdeImport(OpenSessionAnswer.class)
@SerdeImport(OpenSessionAnswer.All.class)
@SerdeImport(VisitorAnswer.ScoreAnswer.class)
@SerdeImport(VisitorAnswer.ReturnScoreAnswer.class)
@SerdeImport(VisitorAnswer.ScoreAnswer.Reason.class)
public final class JsonAnswers implements AnswerReader {
  private final ObjectMapper json;

  private JsonAnswers(ObjectMapper json) {
    this.json = json;
  }

  /** A reader of other instances' answers, which uses the server's JSON. */
  public static JsonAnswers of(WebServer server) {
    return new JsonAnswers(server.bean(ObjectMapper.class));
  }

  @Override
  public <T> @Nullable T read(String text, Class<T> type) throws IOException {
    return json.readValue(text, Argument.of(type));
  }
}
