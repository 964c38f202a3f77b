package io.weir.scoring.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.contract.avro.Session;
import io.weir.model.feature.SessionFeatures;
import io.weir.model.feature.SessionRates;
import io.weir.testkit.TestSessions;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionReaderTest {
  private static final String LEAST =
      "{\"start_time\":\"2026-03-01T12:00:00Z\",\"visitor_session_number\":1,\"features\":{}}";

  @Test
  void sessionOfTheTopic_hasTheSameFeatures() throws Exception {
    Session session =
        TestSessions.session("v", 1)
            .setDevice("Mobile")
            .setMsSincePreviousSession(86_400_000L)
            .setFunnelCartTime(TestSessions.START + 5)
            .setFeatures(TestSessions.inputs().setAddToCarts(2).setDurationMs(9_000).build())
            .build();

    List<Session> read = read('[' + session.toString() + ']');

    assertThat(SessionFeatures.of(read.getFirst(), SessionRates.Seen.NOTHING).values())
        .isEqualTo(SessionFeatures.of(session, SessionRates.Seen.NOTHING).values());
  }

  @Test
  void time_isMillisecondsOrText() throws Exception {
    Session read = read('[' + LEAST + ']').getFirst();

    assertThat(read.getStartTime()).isEqualTo(1_772_366_400_000L);
    assertThat(read.getFeatures().getEvents()).isZero();
    assertThat(read.getDevice()).isNull();
  }

  /** No feature of an open session depends on amounts, and those of a closed one may be unknown. */
  @Test
  void amountsThatAreNull_areLeftOut() throws Exception {
    String amounts = LEAST.substring(0, LEAST.length() - 1) + ",\"revenue_e4\":null}";

    assertThat(read('[' + amounts + ']').getFirst()).isEqualTo(read('[' + LEAST + ']').getFirst());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]                                   | 1 to 1000 sessions",
        "{}                                   | 1 to 1000 sessions",
        "[1]                                  | sessions[0] has no start_time",
        "[{\"start_time\":1}]                 | sessions[0] has no visitor_session_number",
        "[#,#\"device\":1}]                   | sessions[1].device is not of type string",
        "[#\"devize\":1}]                     | sessions[0].devize is no field",
        "[#\"events\":1.5}]                   | sessions[0].events is not of type int",
        "[#\"events\":99999999999}]           | sessions[0].events is not of type int",
        "[#\"end_time\":\"noon\"}]            | sessions[0].end_time is not of type long",
        "[#\"is_bot\":\"true\"}]              | sessions[0].is_bot is not of type boolean",
        "[#\"duration_ms\":null}]             | sessions[0].duration_ms must not be null",
        "[#\"features\":{\"events\":\"1\"}}]  | sessions[0].features.events is not of type int",
        "[#\"features\":7}]                   | sessions[0].features must be an object",
      })
  void wrongSession_isNamed(String sessions, String why) {
    String text =
        sessions
            .replace("#,", LEAST + ',')
            .replace("#\"features\"", LEAST.replace("\"features\":{}}", "\"features\""))
            .replace("#", LEAST.substring(0, LEAST.length() - 1) + ',');

    assertThatThrownBy(() -> read(text))
        .isInstanceOf(WrongRequestException.class)
        .hasMessageContaining(why);
  }

  @Test
  void moreThanAThousand_areRefused() {
    String text = String.join(",", Collections.nCopies(1_001, LEAST));

    assertThatThrownBy(() -> read('[' + text + ']')).hasMessageContaining("1 to 1000");
  }

  private static List<Session> read(String json) throws Exception {
    return SessionReader.read(new ObjectMapper().readTree(json));
  }
}
