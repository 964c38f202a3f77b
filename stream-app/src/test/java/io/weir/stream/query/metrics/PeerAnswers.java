package io.weir.stream.query.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.stream.gold.GoldRules;
import io.weir.stream.query.cluster.PeerClient;
import io.weir.stream.query.cluster.Survey;
import java.net.URLDecoder;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;

/** Other instances, each over a store of its own. A host's port is the instance's number. */
final class PeerAnswers implements PeerClient, Survey.AnswerReader {
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-05-20T10:07:00Z"), ZoneOffset.UTC);

  private final List<GroupMetrics> instances = new ArrayList<>();
  private final List<PartialSums> answers = new ArrayList<>();

  /** A group as its first instance sees it. */
  static GroupMetrics group(CellReader own, int partitions, GoldRules rules, CellReader... others) {
    var peers = new PeerAnswers();
    var nobody = new Survey(List::of, peers, peers);
    for (CellReader store : others) {
      peers.instances.add(new GroupMetrics(store, nobody, partitions, rules, CLOCK));
    }
    List<HostInfo> hosts =
        IntStream.range(0, others.length).mapToObj(i -> new HostInfo("peer", i)).toList();
    return new GroupMetrics(own, new Survey(() -> hosts, peers, peers), partitions, rules, CLOCK);
  }

  /** The answers of such a group where there is no PostgreSQL. */
  static MetricSources sources(
      CellReader own, int partitions, GoldRules rules, CellReader... others) {
    return sources(group(own, partitions, rules, others), rules);
  }

  static MetricSources sources(GroupMetrics group, GoldRules rules) {
    return new MetricSources(group, Optional.empty(), rules, CLOCK);
  }

  @Override
  public synchronized Optional<PeerAnswer> ask(HostInfo peer, String pathAndQuery) {
    int mark = pathAndQuery.indexOf('?');
    String name = pathAndQuery.substring("/v1/cells/".length(), mark);
    String parameters =
        URLDecoder.decode(pathAndQuery.substring(mark + 1).replace('&', ';'), UTF_8);
    String cells = parameters.substring(parameters.indexOf("cells=") + "cells=".length());
    MetricDefinition metric = Metrics.named(name).orElseThrow();
    answers.add(instances.get(peer.port()).ownSums(metric, Requests.of(parameters), cells));
    String number = Integer.toString(answers.size() - 1);
    return Optional.of(new PeerAnswer(200, "application/json", Optional.empty(), number));
  }

  @Override
  public synchronized <T> @Nullable T read(String number, Class<T> type) {
    return type.cast(Objects.requireNonNull(answers.get(Integer.parseInt(number))));
  }
}
