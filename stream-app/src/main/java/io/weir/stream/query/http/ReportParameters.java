package io.weir.stream.query.http;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.core.convert.format.Format;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Parameter;
import io.weir.stream.query.reports.ReportRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parameters of {@code /v1/reports/{name}}. */
@Introspected
record ReportParameters(
    @Parameter(description = "the first day; without it 27 days before the last") @QueryValue
        @Nullable String from,
    @Parameter(description = "the last day; without it today") @QueryValue @Nullable String to,
    @Parameter(description = "one of the ways of the report; without it the first") @QueryValue
        @Nullable String by,
    @Parameter(
            description =
                "a dimension of sessions, a colon and the only value that counts, or with an"
                    + " exclamation mark before the colon the only one that does not, where the"
                    + " report takes filters. May be given once for each dimension: all must hold")
        @QueryValue
        @Format("MULTI")
        @Nullable List<String> filter) {

  /**
   * The question.
   *
   * @param request has all values of {@code filter}; a list would be split at commas
   */
  ReportRequest of(HttpRequest<?> request) {
    return new ReportRequest(
        from, to, by, request.getParameters().getAll(KnownParameters.REPEATED));
  }
}
