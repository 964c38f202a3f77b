package io.weir.sink.loop;

import static java.util.Objects.requireNonNull;

import io.weir.process.KafkaConnection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Asks Kafka for the ids of topics. A topic that was deleted and made anew has the same name and
 * another id.
 */
public final class TopicIds implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 5;

  private final KafkaConnection kafka;
  private @Nullable Admin admin;

  public TopicIds(KafkaConnection kafka) {
    this.kafka = kafka;
  }

  /** The id of a topic. Empty if Kafka has no such topic, or reports no id. */
  public String of(String topic) {
    return found(topic).filter(id -> !id.equals(Uuid.ZERO_UUID)).map(Uuid::toString).orElse("");
  }

  public boolean exists(String topic) {
    return found(topic).isPresent();
  }

  private Optional<Uuid> found(String topic) {
    try {
      KafkaFuture<TopicDescription> described =
          requireNonNull(admin().describeTopics(List.of(topic)).topicNameValues().get(topic));
      return Optional.of(described.get(PATIENCE_SECONDS, TimeUnit.SECONDS).topicId());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      throw new IllegalStateException("Kafka does not say which topic " + topic + " is", e);
    } catch (TimeoutException e) {
      throw new IllegalStateException("Kafka does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking Kafka for a topic", e);
    }
  }

  private synchronized Admin admin() {
    Admin open = admin;
    if (open == null) {
      open = kafka.admin();
      admin = open;
    }
    return open;
  }

  @Override
  public synchronized void close() {
    if (admin != null) {
      admin.close(Duration.ofSeconds(1));
      admin = null;
    }
  }
}
