package io.weir.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.ClickScore;
import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.GoldCell;
import io.weir.contract.avro.Identity;
import io.weir.contract.avro.RejectedRecord;
import io.weir.contract.avro.ReturnScore;
import io.weir.contract.avro.Score;
import io.weir.contract.avro.Session;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaHistoryTest {

  static Stream<Arguments> records() {
    return Stream.of(
        Arguments.of("enriched_event", EnrichedEvent.getClassSchema()),
        Arguments.of("session", Session.getClassSchema()),
        Arguments.of("score", Score.getClassSchema()),
        Arguments.of("click_score", ClickScore.getClassSchema()),
        Arguments.of("return_score", ReturnScore.getClassSchema()),
        Arguments.of("gold_cell", GoldCell.getClassSchema()),
        Arguments.of("identity", Identity.getClassSchema()),
        Arguments.of("rejected", RejectedRecord.getClassSchema()));
  }

  @ParameterizedTest
  @MethodSource("records")
  void newestStoredVersion_isTheCurrentSchema(String name, Schema current) {
    List<Schema> history = SchemaHistory.of(name);

    assertThat(history).isNotEmpty();
    assertThat(withoutJavaHints(history.getLast()))
        .as(
            "a changed %s.avsc is also stored as schemas/%s/%d.avsc",
            name, name, history.size() + 1)
        .isEqualTo(withoutJavaHints(current));
  }

  @ParameterizedTest
  @MethodSource("records")
  void everyStoredVersion_readsAndIsReadByTheCurrentOne(String name, Schema current) {
    for (Schema stored : SchemaHistory.of(name)) {
      assertThat(compatible(current, stored)).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
      assertThat(compatible(stored, current)).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }
  }

  private static String withoutJavaHints(Schema schema) {
    return schema
        .toString()
        .replace("{\"type\":\"string\",\"avro.java.string\":\"String\"}", "\"string\"")
        .replace(",\"avro.java.string\":\"String\"", "");
  }

  private static SchemaCompatibilityType compatible(Schema reader, Schema writer) {
    return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType();
  }
}
