package io.weir.local.drill;

import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Ports;
import io.weir.local.platform.Service;
import io.weir.local.process.Port;
import io.weir.local.process.ProcessSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;

/**
 * The brokers of a drill: one, or three with a copy of each record, of which one may die.
 *
 * @param ports where clients and other brokers reach each of them
 * @param controllers where their controllers reach each other
 */
record DrillBrokers(List<Integer> ports, List<Integer> controllers, String cluster) {
  DrillBrokers {
    ports = List.copyOf(ports);
    controllers = List.copyOf(controllers);
  }

  /** So many brokers, of which the first has the ports of the platform. */
  static DrillBrokers of(int count, Ports first) {
    return new DrillBrokers(
        IntStream.range(0, count).mapToObj(i -> i == 0 ? first.kafka() : Port.free()).toList(),
        IntStream.range(0, count).mapToObj(i -> i == 0 ? first.controller() : Port.free()).toList(),
        Uuid.randomUuid().toString());
  }

  /** What clients need to know; nothing beside a single broker. */
  Map<String, String> settings() {
    if (ports.size() == 1) {
      return Map.of();
    }
    String servers =
        ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    return Map.of(
        "WEIR_KAFKA_BOOTSTRAP_SERVERS", servers, "WEIR_TOPIC_REPLICATION", "" + ports.size());
  }

  /** The processes, in the order of the ids of nodes, which begin with 1. */
  List<Member> members(Catalogue catalogue) {
    return IntStream.range(0, ports.size()).mapToObj(i -> member(catalogue, i)).toList();
  }

  private Member member(Catalogue catalogue, int index) {
    ProcessSpec spec = catalogue.process(Service.BROKER);
    if (ports.size() == 1) {
      return Member.of(spec, Service.BROKER, catalogue);
    }
    String name = name(index + 1);
    List<String> arguments =
        List.of(
            catalogue.home().kafka().resolve(name).toString(),
            "" + ports.get(index),
            "" + controllers.get(index),
            "" + (index + 1),
            cluster,
            voters());
    return new Member(
        name,
        Service.BROKER,
        spec.withName(name).withArguments(arguments),
        catalogue.at(catalogue.ports().withKafka(ports.get(index))));
  }

  /** The name of the process of a node. */
  static String name(int node) {
    return Service.BROKER.id() + "-" + node;
  }

  private String voters() {
    return IntStream.range(0, controllers.size())
        .mapToObj(i -> (i + 1) + "@127.0.0.1:" + controllers.get(i))
        .collect(Collectors.joining(","));
  }
}
