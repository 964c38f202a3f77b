package io.weir.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.process.Settings;
import io.weir.testkit.TestEvents;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnrichmentRunTest {
  private static final String CHROME =
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
          + " Chrome/138.0.0.0 Safari/537.36";

  private static EnrichmentRun run(String names) {
    return new EnrichmentRun(
        EnrichmentSettings.from(Settings.of(Map.of("WEIR_STREAM_ENRICHMENTS", names))));
  }

  @Test
  @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
  void eventBeforeTheTurn_doesNotWaitForIt() throws InterruptedException {
    var turn = new CountDownLatch(1);
    var waiting = new CountDownLatch(1);
    EnrichedEvent event = TestEvents.accepted("e1", "page_view");
    event.setUserAgent(CHROME);

    try (EnrichmentRun run = run("user-agent")) {
      run.warm(() -> {
        waiting.countDown();
        awaitTurn(turn);
      });
      waiting.await();
      run.chain().enrich(event);
    } finally {
      turn.countDown();
    }

    assertThat(event.getBrowser()).isEqualTo("Chrome");
  }

  @Test
  void withoutUserAgents_nothingWaits() {
    try (EnrichmentRun run = run("url")) {
      assertThat(run.warm(() -> {})).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
  void turnAfterTheEnd_loadsNothing(boolean isEnded) throws InterruptedException {
    var turn = new CountDownLatch(1);
    var isLoaded = new AtomicBoolean();
    Thread loader;
    try (EnrichmentRun run = run("bots")) {
      loader = run.warm(() -> awaitTurn(turn), () -> isLoaded.set(true)).orElseThrow();
      if (!isEnded) {
        turn.countDown();
        loader.join();
      }
    }
    turn.countDown();
    loader.join();

    assertThat(isLoaded.get()).isNotEqualTo(isEnded);
  }

  private static void awaitTurn(CountDownLatch turn) {
    try {
      turn.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
