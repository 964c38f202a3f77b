package io.weir.stream.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.Score;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScoreReasonTest {
  private static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "S", "fields": [
                {"name": "session_key", "type": "string"},
                {"name": "reasons", "type": {"type": "array", "items": {
                  "type": "record", "name": "R", "fields": [
                    {"name": "feature", "type": "string"},
                    {"name": "value", "type": ["null", "string"]},
                    {"name": "contribution", "type": "double"}]}}}]}
              """);

  private static GenericData.Record reason(
      String feature, @Nullable Object value, double contribution) {
    var reason = new GenericData.Record(SCHEMA.getField("reasons").schema().getElementType());
    reason.put("feature", feature);
    reason.put("value", value);
    reason.put("contribution", contribution);
    return reason;
  }

  @Test
  void reasons_areReadInTheirOrder() {
    var score = new GenericData.Record(SCHEMA);
    score.put("reasons", List.of(reason("device", "mobile", -1.5), reason("x", null, 0.25)));

    assertThat(ScoreReason.of(score))
        .containsExactly(
            new ScoreReason("device", "mobile", -1.5), new ScoreReason("x", null, 0.25));
  }

  @Test
  void scoreWithoutReasons_hasNone() {
    assertThat(ScoreReason.of(new GenericData.Record(SCHEMA))).isEmpty();
    assertThat(ScoreReason.of(new Score())).isEmpty();
  }
}
