package io.weir.stream.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.weir.contract.avro.EnrichedEvent;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentsTest {
  private static final Agents AGENTS = new Agents();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
            + " Chrome/138.0.0.0 Safari/537.36 | Chrome | 138 | Windows | desktop",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
            + " Gecko) CriOS/138.0.7204.119 Mobile/15E148 Safari/604.1 | Chrome | 138.0.7204.119"
            + " | iOS | mobile",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)"
            + " Version/18.5 Safari/605.1.15 | Safari | 18.5 | macOS | desktop",
        "Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
            + " Version/18.5 Mobile/15E148 Safari/604.1 | Safari | 18.5 | iPadOS | tablet",
        "Mozilla/5.0 (Linux; Android 14; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko)"
            + " SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36 | Samsung Internet | 28.0"
            + " | Android | mobile"
      })
  void browsers_areRead(
      String agent, String browser, String version, String os, @Nullable String device) {
    EnrichedEvent event = Clicks.withAgent(agent);

    new UserAgentFacts(AGENTS).enrich(event);
    new BotMark(AGENTS).enrich(event);

    assertThat(event.getBrowser()).isEqualTo(browser);
    assertThat(event.getBrowserVersion()).isEqualTo(version);
    assertThat(event.getOs()).isEqualTo(os);
    assertThat(event.getDevice()).isEqualTo(device);
    assertThat(event.getIsBot()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "python-requests/2.32.3",
        "curl/8.11.1",
        "SomeMonitor/1.0",
        "Acme/2.0",
        "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/120.0 Safari/537.36",
        "Mozilla/5.0 (compatible; Acme/1.0; ops@acme.example)"
      })
  void programs_areBots(String agent) {
    EnrichedEvent event = Clicks.withAgent(agent);

    new UserAgentFacts(AGENTS).enrich(event);
    new BotMark(AGENTS).enrich(event);

    assertThat(event.getIsBot()).isTrue();
    assertThat(event.getDevice()).isEqualTo("bot");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Mozilla/5.0 (Linux; Android 12; CUBOT NOTE 20) AppleWebKit/537.36 (KHTML, like Gecko)"
            + " Chrome/120.0.0.0 Mobile Safari/537.36",
        "ShopApp/5.1 CFNetwork/1410.0.3 Darwin/22.6.0",
        "Mozilla/5.0 (Linux; Android 10; K) Chrome/150.0.0.0 Mobile (Ecosia android@150.0.0.0)"
      })
  void devicesAndApps_areNoBots(String agent) {
    assertThat(Crawlers.isCrawler(agent)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        ")",
        "[",
        "((;",
        "/",
        ";",
        "\u0000",
        "\ud83d",
        "Mozilla/5.0 (",
        "%",
        "<a",
        "{${",
        "a@"
      })
  void strangeAgents_failNowhere(String part) {
    String agent = part.repeat(1_024).substring(0, 1_024);

    assertThatNoException().isThrownBy(() -> AGENTS.of(agent));
  }

  @Test
  void agentsOfRandomPieces_failNowhere() {
    String[] pieces = {
      "Mozilla/5.0 ",
      "(",
      ")",
      "[",
      "]",
      "{",
      "}",
      "<",
      ">",
      ";",
      "/",
      "+http://a.example ",
      "\"",
      " like Gecko ",
      "Chrome/1.2.3 ",
      "\u0000",
      "\uffff",
      "é",
      "%28",
      "${a}",
      "a@b.example ",
      ", ",
      "="
    };
    var random = new Random(7);
    for (int i = 0; i < 300; i++) {
      var agent = new StringBuilder();
      while (agent.length() < 1_000) {
        agent.append(pieces[random.nextInt(pieces.length)]);
      }
      assertThatNoException().as("number %d", i).isThrownBy(() -> AGENTS.of(agent.toString()));
    }
  }

  @Test
  void emptyAgent_isReadToo() {
    assertThatNoException().isThrownBy(() -> AGENTS.of(""));
  }

  @Test
  void agent_isParsedOnce() {
    var parses = new AtomicInteger();
    var facts = new AgentFacts("Chrome", "1", "Linux", "desktop", false);
    var agents =
        new Agents(() ->
            _ -> {
              parses.incrementAndGet();
              return facts;
            });

    agents.of("Mozilla/5.0 (X11)");
    agents.of("Mozilla/5.0 (X11)");

    assertThat(parses).hasValue(1);
  }

  @Test
  void library_isLoadedOnceAndOnlyWhenNeeded() {
    var loads = new AtomicInteger();
    var facts = new AgentFacts(null, null, null, null, false);
    var agents =
        new Agents(() -> {
          loads.incrementAndGet();
          return _ -> facts;
        });
    assertThat(loads).hasValue(0);

    agents.warm();
    agents.warm();
    agents.of("Mozilla/5.0 (X11)");

    assertThat(loads).hasValue(1);
  }

  /** 30,000 agents of 1,024 characters, each with a version of its own, would be 120 MB. */
  @Test
  void longAgents_areBoundedInBytes() {
    var agents =
        new Agents(() -> agent -> new AgentFacts("Chrome", agent.substring(6), null, null, false));
    for (int i = 0; i < 30_000; i++) {
      agents.of(("agent " + i + "x".repeat(1_024)).substring(0, 1_024));
    }

    assertThat(agents.rememberedBytes()).isLessThanOrEqualTo(20_000_000);
  }
}
