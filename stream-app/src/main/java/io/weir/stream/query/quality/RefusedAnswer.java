package io.weir.stream.query.quality;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import io.weir.stream.processor.RefusedExamples.Example;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;

/**
 * The raw records that were rejected last.
 *
 * @param records the newest first, at most five of each reason
 * @param missing instances that did not answer
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "Rejected")
public record RefusedAnswer(List<Rejection> records, List<String> missing) {
  private static final int OF_REASON = 5;

  private record Place(int partition, long offset) {}

  /**
   * One record.
   *
   * @param detail the field, the value and the rule; its beginning if it is long
   * @param partition of the raw topic, as the offset
   * @param appendTime when it came into the raw topic
   */
  @Schema(name = "RejectedExample")
  public record Rejection(
      String reason, String detail, int partition, long offset, Instant appendTime) {

    static Rejection of(Example example) {
      return new Rejection(
          example.reason(),
          example.detail(),
          example.partition(),
          example.offset(),
          Instant.ofEpochMilli(example.appendTime()));
    }
  }

  /** The newest of each reason, each record once: two instances may have processed it. */
  static RefusedAnswer newest(List<Rejection> all, List<String> missing) {
    var places = new HashSet<Place>();
    var seen = new HashMap<String, Integer>();
    List<Rejection> kept =
        all.stream()
            .sorted(Comparator.comparing(Rejection::appendTime).reversed())
            .filter(each -> places.add(new Place(each.partition(), each.offset())))
            .filter(each -> seen.merge(each.reason(), 1, Integer::sum) <= OF_REASON)
            .toList();
    return new RefusedAnswer(kept, missing);
  }
}
