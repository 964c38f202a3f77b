package io.weir.local.command;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.contract.AvroSerde;
import io.weir.local.compare.Comparison;
import io.weir.local.compare.CsvTable;
import io.weir.local.compare.ExpectedSessions;
import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Checkout;
import io.weir.local.platform.Home;
import io.weir.local.platform.IngestProgram;
import io.weir.local.platform.Platform;
import io.weir.local.platform.Ports;
import io.weir.local.platform.Service;
import io.weir.local.platform.TextFile;
import io.weir.local.process.Captured;
import io.weir.local.topic.LatestSessions;
import io.weir.local.topic.TopicList;
import io.weir.local.topic.TopicReader;
import io.weir.local.watch.Settlement;
import io.weir.local.watch.StreamStatus;
import io.weir.process.KafkaConnection;
import io.weir.process.Settings;
import io.weir.process.TopicSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Sends a public web log of 2015 through the command line, a broker and a stream-app with the
 * settings of --empty.
 */
class IngestWebLogIT {
  private static final String NAME = "apache_combined_2015-05";
  private static final int PARTITIONS = 4;
  private static final long EVENTS = 9_999;

  @TempDir private Path folder = Path.of("");

  private static Path testData() {
    String given = System.getenv("WEIR_TEST_DATA");
    Path beside = Path.of(System.getProperty("weir.root", "..")).resolve("../shared/data");
    return given == null ? beside : Path.of(given);
  }

  @Test
  void webLog_givesTheExpectedSessions_andASecondRunAddsNothing() throws Exception {
    Path log = testData().resolve("clickstream").resolve(NAME + ".log.gz").toAbsolutePath();
    if (!Files.exists(log)) {
      System.out.println("skipped: " + log + " is absent; WEIR_TEST_DATA names the folder");
    }
    assumeTrue(Files.exists(log), "no test data");
    Catalogue catalogue = catalogue();
    catalogue.home().create();
    try (var platform = new Platform(catalogue)) {
      start(platform);

      JsonNode first = ingest(catalogue, log);
      Comparison sessions = sessions(catalogue);
      System.out.println("first run: " + first + ", sessions " + sessions);
      assertThat(first.path("sent").asLong()).isEqualTo(EVENTS);
      assertThat(first.path("skipped").asLong()).isEqualTo(1);
      assertThat(first.path("visitors").asLong()).isEqualTo(1_861);
      assertThat(first.path("stream").path("rejected").asLong()).isZero();
      assertThat(first.path("stream").path("late").asLong()).isZero();
      assertThat(sessions.differences()).isEmpty();
      assertThat(sessions.found()).isEqualTo(3_223);

      long records = records(catalogue);
      JsonNode second = ingest(catalogue, log);
      assertThat(second.path("sent").asLong()).isZero();
      assertThat(second.path("files_known").asLong()).isEqualTo(1);
      assertThat(records(catalogue)).isEqualTo(records);

      forget(catalogue);
      StreamStatus before = new Settlement(platform).await(ofMinutes(1));
      JsonNode third = ingest(catalogue, log);
      StreamStatus after = new Settlement(platform).await(ofMinutes(1));
      System.out.println("without journal: " + third);
      assertThat(third.path("sent").asLong()).isEqualTo(EVENTS);
      assertThat(after.accepted()).isEqualTo(before.accepted());
      assertThat(after.duplicate() - before.duplicate()).isEqualTo(EVENTS + PARTITIONS);
      assertThat(sessions(catalogue).differences()).isEmpty();
    }
  }

  private Catalogue catalogue() {
    var options = CommandLine.populateCommand(new DemoOptions(), "--empty");
    var checkout = new Checkout(Path.of(System.getProperty("weir.root", "..")));
    return new Catalogue(checkout, new Home(folder), Ports.free(), PARTITIONS, options.settings());
  }

  private static void start(Platform platform) throws InterruptedException {
    platform.awaitReady(platform.start(Service.BROKER), Service.BROKER, ofSeconds(90));
    Settings settings = Settings.of(platform.catalogue().clientSettings());
    new TopicList(KafkaConnection.from(settings)).provision(TopicSettings.topics(settings).all());
    platform.awaitReady(platform.start(Service.STREAM), Service.STREAM, ofSeconds(90));
  }

  private static JsonNode ingest(Catalogue catalogue, Path log) throws Exception {
    var program = new IngestProgram(catalogue.checkout(), catalogue.home());
    Captured run =
        Captured.of(
            program.into(catalogue, List.of(log.toString(), "--json")),
            catalogue.home().log("ingest"));
    assertThat(run.exitCode()).as(run.output()).isZero();
    return new ObjectMapper().readTree(run.output());
  }

  private static Comparison sessions(Catalogue catalogue) {
    Path expected = testData().resolve("expected").resolve(NAME).resolve("sessions.csv.gz");
    ExpectedSessions wanted = ExpectedSessions.from(CsvTable.parse(TextFile.read(expected)));
    Settings settings = Settings.of(catalogue.clientSettings());
    // Nothing is left out, because closing events of ingest make no sessions.
    var live = new LatestSessions(_ -> false);
    new TopicReader(KafkaConnection.from(settings))
        .read(
            TopicSettings.topics(settings).sessions().name(),
            AvroSerde.session().deserializer(),
            live::add);
    return Comparison.of(wanted.rows(), live.rows());
  }

  private static long records(Catalogue catalogue) {
    Settings settings = Settings.of(catalogue.clientSettings());
    return new TopicReader(KafkaConnection.from(settings))
        .read(TopicSettings.topics(settings).raw().name(), new ByteArrayDeserializer(), _ -> {});
  }

  private static void forget(Catalogue catalogue) throws IOException {
    try (Stream<Path> journals = Files.list(catalogue.home().folder().resolve("ingest"))) {
      for (Path journal : journals.toList()) {
        Files.delete(journal);
      }
    }
  }
}
