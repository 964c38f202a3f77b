package io.weir.stream.query;

import io.weir.stream.session.visitor.VisitorState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.state.HostInfo;

/** A group as one of its instances sees it: where visitors are, what is here, what peers answer. */
final class FakeGroup implements Placements, StateReader, Peers {
  static final HostInfo SELF = new HostInfo("self", 1);
  static final HostInfo OWNER = new HostInfo("owner", 2);
  static final HostInfo STANDBY = new HostInfo("standby", 3);

  final List<String> asked = new ArrayList<>();
  final Map<HostInfo, PeerAnswer> answers = new HashMap<>();
  Optional<Placement> placement = Optional.of(new Placement(0, SELF, List.of()));
  Looked live = new Looked.Unavailable("not here");
  Looked copy = new Looked.Unavailable("no copy");

  static Looked found(long lag) {
    return new Looked.Found(new VisitorState(), lag);
  }

  void place(HostInfo active, HostInfo... standbys) {
    placement = Optional.of(new Placement(0, active, List.of(standbys)));
  }

  VisitorRouting routing() {
    return new VisitorRouting((Placements) this, this, this);
  }

  @Override
  public HostInfo self() {
    return SELF;
  }

  @Override
  public Optional<Placement> of(String visitor) {
    return placement;
  }

  @Override
  public Looked live(String visitor, int partition) {
    return live;
  }

  @Override
  public Looked copy(String visitor, int partition) {
    return copy;
  }

  @Override
  public Optional<PeerAnswer> ask(HostInfo peer, String pathAndQuery) {
    asked.add(peer.host() + " " + pathAndQuery);
    return Optional.ofNullable(answers.get(peer));
  }
}
