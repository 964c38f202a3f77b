package io.weir.stream.query.visitor;

import io.weir.stream.query.cluster.OwnerLookup;
import io.weir.stream.query.cluster.PeerClient;
import io.weir.stream.session.visitor.VisitorState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.state.HostInfo;

/** A group as one of its instances sees it: where visitors are, what is here, what peers answer. */
public final class FakeGroup implements OwnerLookup, StateReader, PeerClient {
  public static final HostInfo OWNER = new HostInfo("owner", 2);
  public static final HostInfo SELF = new HostInfo("self", 1);
  static final HostInfo STANDBY = new HostInfo("standby", 3);

  public Optional<Owners> owners = Optional.of(new Owners(0, SELF, List.of()));
  public Lookup live = new Lookup.Unavailable("not here");

  /** The questions to peers, each with the peer's host. */
  public final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  public final Map<HostInfo, PeerAnswer> answers = new HashMap<>();

  /** One partition of two is searched here. */
  public StoredSearch stored = new StoredSearch(Optional.empty(), Set.of(0), 2);

  Lookup copy = new Lookup.Unavailable("no copy");

  public static Lookup found(long lag) {
    return new Lookup.Found(new VisitorState(), lag);
  }

  public void place(HostInfo active, HostInfo... standbys) {
    owners = Optional.of(new Owners(0, active, List.of(standbys)));
  }

  public VisitorRouting routing() {
    return new VisitorRouting(this, this, this);
  }

  @Override
  public HostInfo self() {
    return SELF;
  }

  @Override
  public List<HostInfo> others() {
    return List.of(OWNER, STANDBY);
  }

  @Override
  public Optional<Owners> owners(String visitor) {
    return owners;
  }

  @Override
  public Lookup live(String visitor, int partition) {
    return live;
  }

  @Override
  public Lookup copy(String visitor, int partition) {
    return copy;
  }

  @Override
  public StoredSearch stored(String id) {
    return stored;
  }

  @Override
  public Optional<PeerAnswer> ask(HostInfo peer, String pathAndQuery) {
    asked.add(peer.host() + " " + pathAndQuery);
    return Optional.ofNullable(answers.get(peer));
  }
}
