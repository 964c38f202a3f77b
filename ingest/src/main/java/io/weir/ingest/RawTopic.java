package io.weir.ingest;

import io.weir.contract.Topic;
import io.weir.process.KafkaConnection;
import io.weir.process.StartupException;
import io.weir.process.TopicProvisioner;
import io.weir.process.access.AccessCatalogue;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;

/** The raw topic on the broker. */
final class RawTopic {
  private RawTopic() {}

  /** The id of the cluster. */
  static String cluster(KafkaConnection connection) {
    connection.check(10);
    try (Admin admin = connection.admin()) {
      return admin.describeCluster().clusterId().get();
    } catch (ExecutionException e) {
      throw new StartupException(
          "the cluster of the raw topic cannot be asked: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartupException("interrupted while asking the cluster of the raw topic", e);
    }
  }

  /**
   * Creates the topic if it is missing. Returns its id, which changes when the topic is deleted and
   * made anew.
   */
  static String provision(KafkaConnection connection, Topic raw, PrintStream err) {
    TopicProvisioner.provision(
        connection,
        AccessCatalogue.collector(raw),
        List.of(raw),
        note -> err.println("note: " + note));
    try (Admin admin = connection.admin()) {
      TopicDescription description =
          admin.describeTopics(List.of(raw.name())).allTopicNames().get().get(raw.name());
      return description == null ? raw.name() : description.topicId().toString();
    } catch (ExecutionException e) {
      throw new StartupException("topic " + raw.name() + " cannot be read: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartupException("interrupted while reading topic " + raw.name(), e);
    }
  }
}
