package io.weir.local.command;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import io.weir.contract.AvroSerde;
import io.weir.contract.avro.Session;
import io.weir.local.compare.SessionRow;
import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Checkout;
import io.weir.local.platform.Home;
import io.weir.local.platform.Platform;
import io.weir.local.platform.Ports;
import io.weir.local.platform.Service;
import io.weir.local.process.ChildProcess;
import io.weir.local.terminal.Display;
import io.weir.local.terminal.Steps;
import io.weir.local.terminal.Steps.Step;
import io.weir.local.topic.LatestSessions;
import io.weir.local.topic.TopicList;
import io.weir.local.topic.TopicReader;
import io.weir.local.watch.Settlement;
import io.weir.local.watch.StreamStatus;
import io.weir.process.KafkaConnection;
import io.weir.process.Settings;
import io.weir.process.TopicSettings;
import io.weir.process.kafka.ClosingEvents;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Sends recorded events through a broker and a stream-app that run only for this purpose. */
final class Replay {
  private static final Duration PATIENCE = ofSeconds(90);
  private static final Duration SEND = ofMinutes(30);
  private static final Duration SETTLE = ofMinutes(10);
  private static final int PARTITIONS = 4;

  private final Platform platform;
  private final Settings settings;
  private final Steps steps;

  /** The status of stream-app after the replay, and the sessions on the topic. */
  record Result(StreamStatus status, Collection<SessionRow> sessions) {}

  private Replay(Platform platform, Display display) {
    this.platform = platform;
    this.settings = Settings.of(platform.catalogue().clientSettings());
    this.steps = new Steps(display, System::nanoTime);
  }

  /**
   * Replays the events. The folder of the processes is deleted afterwards, unless one failed: its
   * log is there.
   */
  static Result of(Path events, Checkout checkout, Home parent, Display display)
      throws InterruptedException {
    Home home = parent.another("replay-");
    Map<String, String> anyAge = Map.of("WEIR_STREAM_MAX_EVENT_AGE", "36500d");
    var platform = new Platform(new Catalogue(checkout, home, Ports.free(), PARTITIONS, anyAge));
    Result result;
    try (var _ = OrderlyStop.of(platform, display, () -> {})) {
      result = new Replay(platform, display).run(events);
    }
    home.deleteAll();
    return result;
  }

  private Result run(Path events) throws InterruptedException {
    steps.together(service(Service.BROKER));
    steps.together(new Step("topics", this::topics));
    steps.together(service(Service.STREAM));
    steps.together(new Step("replay", () -> send(events)));
    var settlement = new Settlement(platform);
    steps.together(new Step("settle", () -> settlement.await(SETTLE).toString()));
    var sessions = new LatestSessions(visitor -> visitor.startsWith(ClosingEvents.VISITOR));
    steps.together(new Step("read", () -> read(sessions)));
    return new Result(settlement.await(SETTLE), sessions.rows());
  }

  private Step service(Service service) {
    return new Step(
        service.title(),
        () -> {
          ChildProcess process = platform.start(service);
          platform.awaitReady(process, service, PATIENCE);
          return "";
        });
  }

  private String topics() {
    List<?> drift =
        new TopicList(KafkaConnection.from(settings))
            .provision(TopicSettings.topics(settings).all());
    return drift.isEmpty() ? "" : drift.toString();
  }

  private String send(Path events) throws InterruptedException {
    List<String> arguments =
        List.of("replay", events.toString(), "--speed=max", "--close", "--target=kafka");
    var simulator = platform.catalogue().tool("simulator", Service.SIMULATOR, arguments);
    return platform.run(simulator, SEND).log().tail(1).toString();
  }

  private String read(LatestSessions sessions) {
    long records =
        new TopicReader(KafkaConnection.from(settings))
            .<Session>read(
                TopicSettings.topics(settings).sessions().name(),
                AvroSerde.session().deserializer(),
                sessions::add);
    return records + " session records";
  }
}
