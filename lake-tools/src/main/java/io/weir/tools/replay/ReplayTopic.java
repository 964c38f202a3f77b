package io.weir.tools.replay;

import io.weir.contract.Topic;
import io.weir.process.KafkaConnection;
import io.weir.process.StartupException;
import io.weir.tools.settings.ToolSettings;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Checks the topic that records are replayed into. */
final class ReplayTopic {
  private static final int PATIENCE_SECONDS = 15;

  private ReplayTopic() {}

  /** Fails with one line if the topic is one of Weir's own. */
  static void checkName(ToolSettings at, String name, boolean intoLive) {
    boolean isRaw = name.equals(at.raw().name());
    boolean isOwn = at.topics().all().stream().map(Topic::name).anyMatch(name::equals);
    if (isOwn && !isRaw) {
      throw new StartupException(
          "--topic " + name + " is written by Weir itself; name another, or the raw topic");
    }
    if (isRaw && !intoLive) {
      throw new StartupException(
          "--topic "
              + name
              + " is read by Weir right now: events it still remembers are duplicates, all others"
              + " count twice; name another topic, or add --into-live if you want this");
    }
  }

  /** The number of the topic's partitions. Fails with one line if the topic does not exist. */
  static int partitions(KafkaConnection kafka, String name) {
    kafka.check(PATIENCE_SECONDS);
    try (Admin admin = kafka.admin()) {
      var description =
          admin
              .describeTopics(List.of(name))
              .allTopicNames()
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return description.values().iterator().next().partitions().size();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof UnknownTopicOrPartitionException
          ? new StartupException(
              "--topic "
                  + name
                  + " does not exist; create it first, or start stream-app with its"
                  + " prefix, which creates it",
              e)
          : unreachable(name, e);
    } catch (TimeoutException e) {
      throw unreachable(name, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable(name, e);
    }
  }

  private static StartupException unreachable(String name, Exception e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return new StartupException("--topic " + name + " cannot be read: " + cause, e);
  }
}
