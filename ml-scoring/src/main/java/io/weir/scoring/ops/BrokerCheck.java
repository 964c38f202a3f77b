package io.weir.scoring.ops;

import io.weir.process.KafkaConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/** Remembers whether the broker answered the last question. */
public final class BrokerCheck implements AutoCloseable {
  private static final int TIMEOUT_SECONDS = 3;

  /** An unanswered request must not delay the end of the process. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

  private final KafkaConnection kafka;
  private final Admin admin;
  private volatile @Nullable String problem;

  /** A check that owns the client and closes it. */
  public BrokerCheck(KafkaConnection kafka, Admin admin) {
    this.kafka = kafka;
    this.admin = admin;
  }

  /** Asks the broker now; waits a few seconds at most. */
  public void refresh() {
    try {
      admin.describeCluster().nodes().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      problem = null;
    } catch (ExecutionException | TimeoutException _) {
      problem = "no Kafka broker answers at " + kafka.bootstrapServers();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  @Override
  public void close() {
    admin.close(CLOSE_TIMEOUT);
  }
}
