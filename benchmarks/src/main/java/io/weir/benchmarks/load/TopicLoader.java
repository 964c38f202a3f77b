package io.weir.benchmarks.load;

import io.weir.benchmarks.measure.RunLine;
import io.weir.benchmarks.process.WholeNumber;
import io.weir.process.KafkaConnection;
import io.weir.process.StartupException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the topic of the comparisons anew and writes what every engine must find in it. */
@Command(name = "load", mixinStandardHelpOptions = true)
public final class TopicLoader implements Callable<Integer> {
  private static final int PARTITIONS = 4;
  private static final int MOST_SHOPPERS = 50_000;
  private static final int LEAST_SHOPPERS = 100;
  private static final int EVENTS_PER_SHOPPER = 40;
  private static final int DELETION_SECONDS = 60;
  private static final long POLL_MILLIS = 200;

  @Option(names = "--broker", required = true, paramLabel = "HOST:PORT")
  private String broker = "";

  @Option(
      names = "--truth",
      required = true,
      paramLabel = "FILE",
      description = "Takes the counts.")
  private Path truthFile = Path.of("");

  @Option(names = "--topic", defaultValue = "clickstream.raw")
  private String topic = "";

  @Option(names = "--events", defaultValue = "2000000", converter = WholeNumber.class)
  private int events;

  @Option(names = "--seed", defaultValue = "42")
  private long seed;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new TopicLoader()).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    var kafka = new KafkaConnection(broker, Map.of());
    try (Admin admin = kafka.admin()) {
      makeTopic(admin);
    }
    int shoppers = Math.clamp(events / EVENTS_PER_SHOPPER, LEAST_SHOPPERS, MOST_SHOPPERS);
    var traffic = new ClickTraffic(seed, shoppers);
    var truth = new TopicTruth(shoppers);
    long begin = System.nanoTime();
    fill(kafka, traffic, truth);
    double seconds = (System.nanoTime() - begin) / 1e9;
    String line = line(truth, traffic);
    Files.writeString(truthFile, line + "\n");
    System.out.println(line);
    System.out.println("loaded events=" + events + " seconds=" + RunLine.rounded(seconds, 1));
    return 0;
  }

  private String line(TopicTruth truth, ClickTraffic traffic) {
    return Stream.of(
            Stream.of("topic=" + topic, "seed=" + seed),
            truth.figures().entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()),
            Stream.of(
                "span_hours=" + RunLine.rounded(traffic.spanHours(), 1), "sentinels=" + PARTITIONS))
        .flatMap(words -> words)
        .collect(Collectors.joining(" "));
  }

  private void fill(KafkaConnection kafka, ClickTraffic traffic, TopicTruth truth) {
    Map<String, Object> properties = kafka.properties();
    properties.put("acks", "all");
    properties.put("linger.ms", "20");
    properties.put("batch.size", "262144");
    properties.put("buffer.memory", "134217728");
    properties.put("compression.type", "lz4");
    try (var producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < events; i++) {
        ClickTraffic.Arrival arrival = traffic.next();
        truth.take(arrival);
        var _ = producer.send(new ProducerRecord<>(topic, arrival.shopper().key, arrival.value()));
      }
      for (int partition = 0; partition < PARTITIONS; partition++) {
        String user = "sentinel" + partition;
        byte[] key = user.getBytes(StandardCharsets.US_ASCII);
        var _ = producer.send(new ProducerRecord<>(topic, partition, key, traffic.sentinel(user)));
      }
      producer.flush();
    }
  }

  private void makeTopic(Admin admin) throws InterruptedException {
    try {
      if (admin.listTopics().names().get().contains(topic)) {
        admin.deleteTopics(List.of(topic)).all().get();
      }
      var wanted = List.of(new NewTopic(topic, Optional.of(PARTITIONS), Optional.of((short) 1)));
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DELETION_SECONDS);
      while (!isCreated(admin, wanted)) {
        if (System.nanoTime() > deadline) {
          throw new StartupException("the broker does not delete the topic " + topic);
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
    } catch (ExecutionException e) {
      throw new StartupException("the broker refuses the topic " + topic + ": " + e.getCause(), e);
    }
  }

  /** A topic that is being deleted still exists for a moment. */
  private static boolean isCreated(Admin admin, List<NewTopic> wanted)
      throws InterruptedException, ExecutionException {
    try {
      admin.createTopics(wanted).all().get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicExistsException) {
        return false;
      }
      throw e;
    }
  }
}
