package io.weir.stream.query.quality;

import io.weir.stream.processor.RefusedExamples;
import io.weir.stream.query.cluster.Survey;
import java.util.List;
import java.util.stream.Stream;

/** Answers which raw records were rejected last, from the memory of all instances. */
public final class GroupRefused {
  private static final String PATH = "/v1/quality/rejected";

  private final RefusedExamples examples;
  private final Survey survey;

  public GroupRefused(RefusedExamples examples, Survey survey) {
    this.examples = examples;
    this.survey = survey;
  }

  /** Those of the group. */
  public RefusedAnswer answer() {
    Survey.Result<RefusedAnswer> others = survey.ask(PATH, RefusedAnswer.class);
    return RefusedAnswer.newest(
        Stream.concat(Stream.of(own()), others.answers().stream())
            .flatMap(each -> each.records().stream())
            .toList(),
        others.missing());
  }

  /** Those of this instance, for another instance. */
  public RefusedAnswer own() {
    return RefusedAnswer.newest(
        examples.newest().stream().map(RefusedAnswer.Rejection::of).toList(), List.of());
  }
}
