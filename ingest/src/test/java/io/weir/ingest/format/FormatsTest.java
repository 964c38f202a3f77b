package io.weir.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "{\"event_name\":\"x\",\"event_timestamp\":\"1\",\"user_pseudo_id\":\"v\"} ~ GA4",
        "{\"type\":\"track\",\"event\":\"x\",\"messageId\":\"m\"} ~ SEGMENT",
        "{\"event_id\":\"e\",\"collector_tstamp\":\"2024-01-01 00:00:00\"} ~ SNOWPLOW",
        "{\"event_id\":\"e\",\"event_type\":\"x\",\"event_time\":1} ~ JSONL",
        "ts,visitor,event ~ CSV",
        "ts;visitor;event ~ CSV",
        "1.2.3.4 - - [01/Jul/2024:12:00:05 +0200] \"GET / HTTP/1.1\" 200 1 \"-\" \"-\" ~ COMBINED"
      })
  void firstRecord_tellsTheFormat(String record, FormatName format) {
    assertThat(Converted.formats().detect(Converted.records(record))).isEqualTo(format);
  }

  @Test
  void tornFirstLine_isPassedOver() {
    assertThat(
            Converted.formats()
                .detect(Converted.records("{\"torn", "{\"type\":\"page\",\"messageId\":\"m\"}")))
        .isEqualTo(FormatName.SEGMENT);
  }

  @ParameterizedTest
  @CsvSource({"'[{\"a\":1}]', jq -c", "just words, --format", "'1,2,3', --format"})
  void unknownFormat_isRefusedWithAWayOut(String record, String hint) {
    assertThatThrownBy(() -> Converted.formats().detect(Converted.records(record)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(hint);
  }

  @Test
  void emptyFile_isRefused() {
    assertThatThrownBy(() -> Converted.formats().detect(Converted.records()))
        .hasMessageContaining("no records");
  }
}
