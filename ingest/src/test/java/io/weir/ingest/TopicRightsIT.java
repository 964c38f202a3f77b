package io.weir.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.Topic;
import io.weir.contract.Topics;
import io.weir.process.Settings;
import io.weir.process.Stop;
import io.weir.process.Surroundings;
import io.weir.process.access.AccessCatalogue;
import io.weir.process.access.AclText;
import io.weir.process.access.KafkaNames;
import io.weir.process.access.ServiceRights;
import io.weir.process.terminal.Terminal;
import io.weir.testkit.SecuredBroker;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A topic is read with the rights that {@code acls --source-topic} prints, and no others. */
class TopicRightsIT {
  private static final String PASSWORD = "secret";
  private static final String TOPIC = "clicks";

  @TempDir private Path folder = Path.of("");

  @Test
  void rightsOfTheCollector_areEnough_andTheirLackIsNamed() throws Exception {
    Topic raw = Topics.of("shop", 1, (short) 1, Duration.ofDays(1)).raw();
    String group = KafkaNames.ingestGroup("shop", TOPIC);
    try (SecuredBroker broker = SecuredBroker.start(folder.resolve("broker"))) {
      var topics =
          List.of(new NewTopic(TOPIC, 1, (short) 1), new NewTopic(raw.name(), 1, (short) 1));
      broker.admin().createTopics(topics).all().get();
      grant(broker, "less", AccessCatalogue.collector(raw));
      grant(broker, "enough", AccessCatalogue.collector(raw, TOPIC, group));

      assertThat(ingest(broker, "less"))
          .contains("topic clicks cannot be read: Kafka refuses ingest ACLs")
          .contains("./weir acls --service collector --source-topic clicks")
          .doesNotContain("`./weir acls` prints");
      assertThat(ingest(broker, "enough")).contains("topic clicks has no records");
    }
  }

  /** The broker reads its metadata a moment later: it is asked until it knows user and ACLs. */
  private static void grant(SecuredBroker broker, String user, ServiceRights rights)
      throws Exception {
    broker.addUser(user, PASSWORD);
    var acls = new AclText(user, "").bindings(rights);
    broker.admin().createAcls(acls).all().get();
    while (!broker.admin().describeUserScramCredentials().users().get().contains(user)
        || !broker.admin().describeAcls(AclBindingFilter.ANY).values().get().containsAll(acls)) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private String ingest(SecuredBroker broker, String user) {
    var settings = new HashMap<String, String>();
    settings.put("WEIR_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
    settings.put("WEIR_KAFKA_AUTH", "scram-sha-512");
    settings.put("WEIR_KAFKA_USER", user);
    settings.put("WEIR_KAFKA_PASSWORD", PASSWORD);
    settings.put("WEIR_KAFKA_TRUST_FILE", broker.trustFile().toString());
    settings.put("WEIR_TOPIC_PREFIX", "shop");
    settings.put("WEIR_TOPIC_PARTITIONS", "1");
    var out = new ByteArrayOutputStream();
    var print = new PrintStream(out, true, UTF_8);
    var surroundings =
        new Surroundings(
            Settings.of(Map.copyOf(settings)),
            Clock.systemUTC(),
            System::nanoTime,
            new Stop(),
            new Terminal(print, print, false));
    Main.execute(surroundings, "--topic", TOPIC, "--until-end");
    return out.toString(UTF_8);
  }
}
