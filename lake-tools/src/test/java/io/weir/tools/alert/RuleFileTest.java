package io.weir.tools.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.process.StartupException;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleFileTest {

  private static String file(String fields) {
    return "{\"alerts\": [\n {\"name\": \"r\",\n  " + fields.replace('\'', '"') + "}]}";
  }

  @Test
  void rule_hasItsFields() {
    AlertRule rule =
        RuleFile.parse(
                "f",
                file(
                    "'metric': 'conversion_rate', 'falls_by': 0.3, 'window': '1h',"
                        + " 'dimension': 'country', 'value': 'DE', 'at_least_sessions': 50"))
            .getFirst();

    assertThat(rule.text())
        .isEqualTo("conversion_rate of country DE falls_by 0.3 against 7d before");
    assertThat(rule.window()).isEqualTo(Duration.ofHours(1));
    assertThat(rule.delay()).isEqualTo(Duration.ofHours(1));
    assertThat(rule.leastSessions()).isEqualTo(50);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          'metric': 'x', 'below': 1, 'window': '1h'                   | metric x is none of sessions,
          'metric': 'sessions', 'window': '1h'                        | below or above, falls_by or rises_by
          'metric': 'sessions', 'below': 1, 'above': 2, 'window': '1h' | one of them only
          'metric': 'sessions', 'below': 'few', 'window': '1h'        | below few is no number
          'metric': 'sessions', 'below': 1, 'window': '7m'            | window 7m is none of 15m, 30m
          'metric': 'sessions', 'below': 1                            | window is missing
          'metric': 'sessions', 'below': 1, 'window': '1h', 'to': 1   | to 1 is none of above,
          'metric': 'revenue', 'below': 1, 'window': '1h'             | revenue needs one
          'metric': 'sessions', 'below': 1, 'window': '1h', 'currency': 'EUR' | remove it
          'metric': 'visitors', 'below': 1, 'window': '1h'            | window 1h must be 1d
          'metric': 'sessions', 'below': 1, 'window': '1h', 'dimension': 'page', 'value': '/' | dimension page is none of
          'metric': 'sessions', 'below': 1, 'window': '1h', 'value': 'DE' | and dimension go together
          'metric': 'ctr', 'below': 1, 'window': '1h', 'dimension': 'ad', 'value': 'a', 'at_least_sessions': 5 | and dimension ad do not go together
          'metric': 'goal_events', 'below': 1, 'window': '1h', 'dimension': 'goal', 'value': 'a', 'at_least_sessions': 5 | and dimension goal do not go together
          'metric': 'searches', 'below': 1, 'window': '1h', 'dimension': 'search_term', 'value': 'shoes' | window 1h must be 1d
          'metric': 'searches', 'below': 1, 'window': '1d', 'dimension': 'search_term', 'value': 'shoes', 'at_least_sessions': 5 | and dimension search_term do not go together
          'metric': 'searches', 'below': 1, 'window': '1d', 'dimension': 'search_term', 'value': 'Red  Shoes' | write "red shoes"
          'metric': 'searches', 'below': 1, 'window': '1d', 'dimension': 'search_term', 'value': 'ann@shop.example shoes' | write "(email) shoes"
          'metric': 'page_views', 'below': 1, 'window': '1d', 'dimension': 'search_term', 'value': 'shoes' | dimension search_term is none of page_views
          'metric': 'events', 'below': 1, 'window': '1h', 'at_least_sessions': 5 | belongs to metrics of sessions only
          'metric': 'sessions', 'falls_by': 30, 'window': '1h'        | is a share such as 0.3
          'metric': 'sessions', 'falls_by': 0.3, 'window': '1h', 'compared_with': '40d' | is not 1d to 28d
          """)
  void mistake_namesLineRuleAndField(String fields, String said) {
    assertThatThrownBy(() -> RuleFile.parse("alerts.json", file(fields)))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("alerts.json: line ")
        .hasMessageContaining("rule 'r'")
        .hasMessageContaining(said);
  }

  /** Gold cuts longer terms, so a rule for one would watch nothing. */
  @Test
  void termThatGoldCuts_isRefused() {
    String fields =
        "'metric': 'searches', 'below': 1, 'window': '1d', 'dimension': 'search_term', 'value': '%s'";
    String longest = "ä".repeat(256);

    assertThat(RuleFile.parse("f", file(fields.formatted(longest)))).hasSize(1);
    assertThatThrownBy(() -> RuleFile.parse("f", file(fields.formatted(longest + "a"))))
        .hasMessageContaining("write \"" + longest + "\"");
  }

  @Test
  void noJson_namesTheLine() {
    assertThatThrownBy(() -> RuleFile.parse("f", "{\"alerts\": [\n {\"name\": }]}"))
        .hasMessageStartingWith("f is no JSON")
        .hasMessageContaining("line 2");
    assertThatThrownBy(() -> RuleFile.parse("f", "{\"goals\": []}"))
        .hasMessageContaining("not of the form");
  }

  @Test
  void limit_isCompared() {
    var below = new Condition(Condition.Kind.BELOW, BigDecimal.TEN, 0);
    var falls = new Condition(Condition.Kind.FALLS_BY, new BigDecimal("0.5"), 7);

    assertThat(below.holds(new BigDecimal("9.99"), null)).isTrue();
    assertThat(below.holds(new BigDecimal("10.00"), null)).isFalse();
    assertThat(below.holds(null, null)).isFalse();
    assertThat(falls.holds(new BigDecimal("5.0"), BigDecimal.TEN)).isTrue();
    assertThat(falls.holds(new BigDecimal("5.1"), BigDecimal.TEN)).isFalse();
    assertThat(falls.holds(BigDecimal.ZERO, BigDecimal.ZERO)).isFalse();
    assertThat(falls.holds(BigDecimal.ZERO, null)).isFalse();
  }

  @Test
  void comparisonWithWhatGoldForgets_isRefused() {
    AlertRule rule =
        RuleFile.parse("f", file("'metric': 'sessions', 'falls_by': 0.3, 'window': '1h'"))
            .getFirst();

    rule.checkAgainst(Duration.ofDays(9));
    assertThatThrownBy(() -> rule.checkAgainst(Duration.ofDays(8)))
        .isInstanceOf(StartupException.class)
        .hasMessage(
            "rule r compares with 7d before, gold keeps 15 minutes for 8d;"
                + " use window 1d or a shorter compared_with");
  }

  @Test
  void pauses_doubleUpToAQuarterOfAnHour() {
    assertThat(AlertCalls.pause(1)).hasSeconds(1);
    assertThat(AlertCalls.pause(4)).hasSeconds(8);
    assertThat(AlertCalls.pause(400)).hasMinutes(15);
  }

  @Test
  void signature_isThatOfOpenssl() {
    // openssl: printf '1700000000.{}' | openssl dgst -sha256 -hmac 0123456789abcdef
    assertThat(Webhook.signature("0123456789abcdef", "1700000000", "{}"))
        .isEqualTo("e4f8e2ecae2295b2ddb2f0b5584c8275e226c0ebe9b3b819e70156bb67122e3e");
  }
}
