package io.weir.scoring.ops;

import static org.apache.kafka.streams.CloseOptions.GroupMembershipOperation.LEAVE_GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.process.KafkaConnection;
import io.weir.process.Settings;
import io.weir.process.streams.StreamRunner;
import io.weir.scoring.registry.LoadedModel;
import io.weir.scoring.registry.Registry;
import io.weir.testkit.FreePort;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class HousekeepingTest {
  /** A registry of a model file that is too deep for the reader's recursion. */
  private static final class BottomlessRegistry implements Registry {
    @Override
    public Optional<LoadedModel> current() {
      return Optional.empty();
    }

    @Override
    public Optional<String> problem() {
      return Optional.empty();
    }

    @Override
    public void refresh() {
      throw new StackOverflowError("a model without end");
    }
  }

  private static KafkaStreams noClient() {
    throw new IllegalStateException("without a model nothing starts");
  }

  @Test
  @Timeout(10)
  void errorOfARound_endsTheService_insteadOfTheReload() throws InterruptedException {
    var kafka =
        KafkaConnection.from(
            Settings.of(Map.of("WEIR_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + FreePort.next())));
    try (var stream = new StreamRunner(HousekeepingTest::noClient, "", LEAVE_GROUP, Duration.ZERO);
        var broker = new BrokerCheck(kafka, kafka.admin());
        var housekeeping = new Housekeeping(new BottomlessRegistry(), stream, broker)) {
      housekeeping.start(Duration.ofMillis(10));

      assertThat(stream.awaitEnd()).hasMessageContaining("a model without end");
    }
  }
}
