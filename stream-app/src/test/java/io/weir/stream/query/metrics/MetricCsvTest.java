package io.weir.stream.query.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MetricCsvTest {

  static List<List<String>> texts() {
    return List.of(
        List.of("DE", "DE"),
        List.of("", ""),
        List.of("a|b c", "a|b c"),
        List.of("a,b", "\"a,b\""),
        List.of("say \"x\"", "\"say \"\"x\"\"\""),
        List.of("two\r\nlines", "\"two\r\nlines\""),
        List.of("=1+1", "'=1+1"),
        List.of("=HYPERLINK(\"x\",1)", "\"'=HYPERLINK(\"\"x\"\",1)\""),
        List.of("+1", "'+1"),
        List.of("-1", "'-1"),
        List.of("@x", "'@x"),
        List.of("\t=1", "\"'\t=1\""),
        List.of("  =1", "'  =1"),
        List.of("\uff1d1", "'\uff1d1"),
        List.of("\0=1", "\"'\0=1\""),
        List.of(" ", " "));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void group_isAFieldOfRfc4180AndNoFormula(List<String> text) {
    assertThat(MetricCsv.of(answer(text.getFirst(), "5")))
        .isEqualTo(
            "metric,start,end,is_final,group,currency,value,previous\r\nsessions,a,b,true,"
                + text.getLast()
                + ",,5,\r\n");
  }

  @Test
  void numbers_areWrittenOut() {
    assertThat(MetricCsv.of(answer(null, "1E+20"))).endsWith(",,,100000000000000000000,\r\n");
    assertThat(MetricCsv.of(answer(null, null))).endsWith("true,,,,\r\n");
  }

  private static MetricAnswer answer(@Nullable String group, @Nullable String value) {
    var row =
        new MetricAnswer.Row(
            "a", "b", true, group, null, value == null ? null : new BigDecimal(value), null);
    return new MetricAnswer(
        MetricAnswer.Definition.of(Metrics.named("sessions").orElseThrow()),
        "a",
        "b",
        "UTC",
        "day",
        null,
        null,
        List.of(),
        "exclude",
        null,
        null,
        null,
        MetricAnswer.STATE,
        true,
        List.of(),
        List.of(),
        List.of(row));
  }
}
