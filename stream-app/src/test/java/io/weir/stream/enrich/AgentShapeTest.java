package io.weir.stream.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AgentShapeTest {
  /** Each took the library from a third of a second to fifteen seconds. */
  static Stream<String> exhausting() {
    return Stream.of(
            "|a".repeat(512),
            "Robot/".repeat(170),
            "abcdefghijklmnopqrst|Windows NT 10[".repeat(11) + "abc;".repeat(30),
            "a=b ".repeat(255),
            "a b ".repeat(255),
            "{bot, Android|".repeat(20) + "a ".repeat(300))
        .map(agent -> agent.substring(0, Math.min(1_024, agent.length())));
  }

  @ParameterizedTest
  @MethodSource("exhausting")
  void agentMadeToExhaustTheLibrary_isNotRead(String agent) {
    assertThat(AgentShape.isUsual(agent)).isFalse();
  }

  @Test
  void agentsOfBrowsers_areRead() throws IOException {
    List<String> rows = SharedData.lines("ua/real_user_agents_weighted.csv.gz");

    for (String row : rows.subList(1, rows.size())) {
      String agent = row.split(",", 8)[7];
      assertThat(AgentShape.isUsual(agent)).as(agent).isTrue();
    }
  }

  @Test
  void thousandExhaustingAgents_takeSecondsAtMost() {
    Agents.AgentParser parser = YauaaParser.load();
    List<String> agents = exhausting().toList();
    long start = System.nanoTime();
    for (int i = 0; i < 1_000; i++) {
      assertThat(parser.parse(i + agents.get(i % agents.size()))).isEqualTo(AgentFacts.NONE);
    }

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }
}
