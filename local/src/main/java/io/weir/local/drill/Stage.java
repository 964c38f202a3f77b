package io.weir.local.drill;

import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Checkout;
import io.weir.local.platform.Home;
import io.weir.local.platform.Ports;
import io.weir.local.platform.Service;
import io.weir.local.process.Port;
import io.weir.local.process.ProcessSpec;
import io.weir.local.topic.TopicList;
import io.weir.process.KafkaConnection;
import io.weir.process.Settings;
import io.weir.process.TopicSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The platform of a drill, in a folder and at ports of its own. */
public final class Stage {
  private static final int PARTITIONS = 4;

  /**
   * The simulated past lies more than a day behind, so a partition that the clock declares idle
   * during a fault would close its sessions for good. Live traffic has no such gap.
   */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "WEIR_STREAM_INTERNAL_NETWORKS", "192.0.2.0/24",
          "WEIR_STREAM_IDLE_TIMEOUT", "30m");

  private final Catalogue catalogue;
  private final DrillBrokers brokers;
  private final CommitCutter cutter;

  /** A stage with one broker. */
  public Stage(Checkout checkout, Home home) {
    this(checkout, home, 1);
  }

  /** A stage with so many brokers. */
  public Stage(Checkout checkout, Home home, int brokers) {
    Ports ports = Ports.free();
    this.brokers = DrillBrokers.of(brokers, ports);
    var settings = new LinkedHashMap<>(SETTINGS);
    settings.putAll(this.brokers.settings());
    this.catalogue = new Catalogue(checkout, home, ports, PARTITIONS, settings);
    this.cutter = CommitCutter.before(catalogue.ports().postgres());
  }

  public Catalogue catalogue() {
    return catalogue;
  }

  /** The process of a broker, by the id of its node. */
  Member broker(int node) {
    return brokers.members(catalogue).get(node - 1);
  }

  boolean hasSeveralBrokers() {
    return brokers.ports().size() > 1;
  }

  CommitCutter cutter() {
    return cutter;
  }

  /** Starts servers, topics and one process of each service, each when it can. */
  void start(Crew crew) throws InterruptedException {
    start(crew, List.of(member(Service.STREAM), member(Service.SINK), member(Service.SCORING)));
  }

  /** The same with these services. */
  void start(Crew crew, List<Member> services) throws InterruptedException {
    long begin = System.nanoTime();
    List<Member> servers = brokers.members(catalogue);
    servers.forEach(crew::add);
    crew.add(member(Service.POSTGRES));
    for (Member broker : servers) {
      crew.awaitReady(broker.name(), begin);
    }
    Settings settings = Settings.of(catalogue.clientSettings());
    new TopicList(KafkaConnection.from(settings)).provision(TopicSettings.topics(settings).all());
    crew.awaitReady(Service.POSTGRES.id(), begin);
    services.forEach(crew::add);
    for (Member service : services) {
      crew.awaitReady(service.name(), begin);
    }
  }

  Member member(Service service) {
    return Member.of(through(catalogue.process(service), service), service, catalogue);
  }

  /** A second process of a service: at a port and with a folder of its own, in the same group. */
  Member second(Service service, String name) {
    Catalogue other = catalogue.at(with(service, Port.free()));
    ProcessSpec spec = through(other.process(service), service).withName(name);
    var environment = new LinkedHashMap<>(spec.environment());
    environment.replaceAll((key, value) ->
        key.endsWith("_STATE_DIR")
            ? catalogue.home().data().resolve("second").resolve(name).toString()
            : value);
    return new Member(name, service, spec.withEnvironment(environment), other);
  }

  private Ports with(Service service, int port) {
    Ports ports = catalogue.ports();
    return new Ports(
        ports.kafka(),
        ports.controller(),
        ports.postgres(),
        service == Service.STREAM ? port : ports.stream(),
        service == Service.SINK ? port : ports.sink(),
        service == Service.SCORING ? port : ports.scoring());
  }

  /** lake-sink reaches PostgreSQL through the cutter, which must see the text of each statement. */
  private ProcessSpec through(ProcessSpec spec, Service service) {
    if (service != Service.SINK) {
      return spec;
    }
    var environment = new LinkedHashMap<>(spec.environment());
    String url = "jdbc:postgresql://127.0.0.1:" + cutter.port() + "/weir?prepareThreshold=0";
    environment.put("WEIR_POSTGRES_URL", url);
    return spec.withEnvironment(environment);
  }
}
