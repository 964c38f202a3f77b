package io.weir.stream.query.live;

import io.weir.stream.query.cluster.PeerClient;
import io.weir.stream.query.cluster.Survey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;

/** Other instances whose news a test sets; one without news does not answer. */
final class FakePeers implements PeerClient, Survey.AnswerReader {
  static final HostInfo A = new HostInfo("a", 1);
  static final HostInfo B = new HostInfo("b", 2);

  final List<HostInfo> group = new ArrayList<>(List.of(A));
  final Map<HostInfo, LiveNews> news = new HashMap<>();
  final List<String> asked = new ArrayList<>();

  Survey survey() {
    return new Survey(() -> group, this, this);
  }

  @Override
  public synchronized Optional<PeerAnswer> ask(HostInfo peer, String pathAndQuery) {
    asked.add(peer.host() + " " + pathAndQuery);
    return news.containsKey(peer)
        ? Optional.of(new PeerAnswer(200, "application/json", Optional.empty(), peer.host()))
        : Optional.empty();
  }

  @Override
  public <T> @Nullable T read(String host, Class<T> type) {
    return type.cast(news.get(host.equals(A.host()) ? A : B));
  }
}
