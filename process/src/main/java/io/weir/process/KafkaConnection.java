package io.weir.process;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;

/**
 * The settings to reach Kafka: {@code kafka.bootstrap-servers}, how to log in ({@link
 * KafkaSecurity}), and any client property as {@code kafka.client.…}, for example {@code
 * WEIR_KAFKA_CLIENT_SECURITY_PROTOCOL=SASL_SSL}.
 *
 * @param startTimeout how long a start waits until every broker knows its topics
 */
public record KafkaConnection(
    String bootstrapServers, Map<String, String> client, Duration startTimeout) {
  private static final String SERVERS = "kafka.bootstrap-servers";

  public KafkaConnection {
    client = Map.copyOf(client);
  }

  /** A connection with the usual patience at a start. */
  public KafkaConnection(String bootstrapServers, Map<String, String> client) {
    this(bootstrapServers, client, TopicWait.USUAL);
  }

  public static KafkaConnection from(Settings settings) {
    return new KafkaConnection(
        settings.text(SERVERS, "127.0.0.1:9192"),
        KafkaSecurity.client(settings),
        settings.duration(TopicWait.SETTING, TopicWait.USUAL));
  }

  /** Properties every client of this connection starts from. */
  public Map<String, Object> properties() {
    var properties = new HashMap<String, Object>(client);
    properties.put("bootstrap.servers", bootstrapServers);
    return properties;
  }

  public Admin admin() {
    try {
      return Admin.create(properties());
    } catch (KafkaException e) {
      throw new StartupException(
          Settings.variable(SERVERS) + "=" + bootstrapServers + ": " + RootCause.of(e).getMessage(),
          e);
    }
  }

  /** Fails with a message for the operator when no broker answers in time. */
  public void check(int timeoutSeconds) {
    Admin admin = admin();
    try {
      admin.describeCluster().nodes().get(timeoutSeconds, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable(e);
    } finally {
      // Without a bound it would wait for the call that nobody answers.
      admin.close(Duration.ZERO);
    }
  }

  private StartupException unreachable(Exception e) {
    if (e.getCause() instanceof AuthenticationException refused) {
      return new StartupException(
          "Kafka at "
              + bootstrapServers
              + " and this process do not accept each other: "
              + RootCause.of(refused).getMessage()
              + "; check WEIR_KAFKA_AUTH, _TLS, _USER, _PASSWORD and _TRUST_FILE, or what"
              + " WEIR_KAFKA_CLIENT_… says in their place",
          e);
    }
    return new StartupException(
        "no Kafka broker answers at "
            + bootstrapServers
            + "; start it, or change "
            + Settings.variable(SERVERS)
            + (client.containsKey("security.protocol")
                ? ""
                : "; does it want TLS or a login (WEIR_KAFKA_TLS, WEIR_KAFKA_AUTH)?"),
        e);
  }

  /** Secrets stay out of logs. */
  @Override
  public String toString() {
    return "KafkaConnection[" + bootstrapServers + "]";
  }
}
