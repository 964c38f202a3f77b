package io.weir.local.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.weir.contract.Topic;
import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Service;
import io.weir.local.topic.TopicList;
import io.weir.process.KafkaConnection;
import io.weir.process.Settings;
import io.weir.process.TopicProvisioner.Drift;
import io.weir.process.TopicSettings;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the topics of the running demo and where they differ from the catalogue. */
@Command(
    name = "topics",
    description = "Lists the topics of the running demo; exit code 1 if one differs.")
public final class TopicsCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ROW = "%-26s %10s %12s %14s%n";
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(names = "--json", description = "One JSON array.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException, JsonProcessingException {
    Catalogue catalogue = common.running(Service.BROKER);
    Settings settings = Settings.of(catalogue.clientSettings());
    List<Topic> topics = TopicSettings.topics(settings).all();
    var list = new TopicList(KafkaConnection.from(settings));
    List<Drift> drift = list.provision(topics);
    Map<String, Long> ends = list.endOffsets(topics);
    if (json) {
      System.out.println(document(topics, ends, drift));
    } else {
      print(topics, ends, drift);
    }
    return drift.isEmpty() ? 0 : 1;
  }

  private static void print(List<Topic> topics, Map<String, Long> ends, List<Drift> drift) {
    System.out.printf(Locale.ROOT, ROW, "topic", "partitions", "retention", "end offsets");
    for (Topic topic : topics) {
      System.out.printf(
          Locale.ROOT,
          ROW,
          topic.name(),
          topic.partitions(),
          topic.retention().toHours() + " h",
          ends.getOrDefault(topic.name(), 0L));
    }
    drift.forEach(difference -> System.out.println("differs: " + difference));
  }

  private static String document(List<Topic> topics, Map<String, Long> ends, List<Drift> drift)
      throws JsonProcessingException {
    ArrayNode array = JSON.createArrayNode();
    for (Topic topic : topics) {
      ArrayNode differences =
          array
              .addObject()
              .put("topic", topic.name())
              .put("partitions", topic.partitions())
              .put("retention_ms", topic.retention().toMillis())
              .put("end_offset", ends.getOrDefault(topic.name(), 0L))
              .putArray("drift");
      drift.stream()
          .filter(difference -> difference.topic().equals(topic.name()))
          .forEach(difference -> differences.add(difference.toString()));
    }
    return JSON.writeValueAsString(array);
  }
}
