package io.weir.stream.query.visitor;

import io.weir.stream.query.cluster.OwnerLookup;
import io.weir.stream.query.cluster.OwnerLookup.Owners;
import io.weir.stream.query.cluster.PeerClient;
import io.weir.stream.query.cluster.PeerClient.PeerAnswer;
import io.weir.stream.query.visitor.StateReader.Lookup;
import java.util.Optional;
import org.apache.kafka.streams.state.HostInfo;

/**
 * Finds any visitor: on this instance where it works on the visitor, else on the instance that
 * does, else in a warm copy, which says how far it is behind. While partitions move the reply is
 * "unavailable", never "no such visitor".
 */
public final class VisitorRouting {
  private final OwnerLookup group;
  private final StateReader reader;
  private final PeerClient peers;

  /** The reply to a question about a visitor. */
  public sealed interface Reply {
    /** This instance looked into its own stores. */
    record Local(Lookup lookup) implements Reply {}

    /** Another instance answered. */
    record Remote(PeerAnswer answer) implements Reply {}
  }

  public VisitorRouting(OwnerLookup group, StateReader reader, PeerClient peers) {
    this.group = group;
    this.reader = reader;
    this.peers = peers;
  }

  /** The same, but it asks each other instance at most so many questions at a time. */
  public VisitorRouting bounded(int most) {
    return new VisitorRouting(group, reader, new BoundedPeers(peers, most));
  }

  /** Replies to a caller's question; other instances get the question unchanged. */
  public Reply reply(String visitor, String pathAndQuery) {
    Optional<Owners> found = group.owners(visitor);
    if (found.isEmpty()) {
      return undecided();
    }
    Owners owners = found.get();
    Lookup live = live(visitor, owners);
    if (live.isKnown()) {
      return new Reply.Local(live);
    }
    return fromOwner(visitor, owners, pathAndQuery)
        .or(() -> fromStandby(visitor, owners, pathAndQuery))
        .orElseGet(() -> new Reply.Local(anyCopy(visitor, owners)));
  }

  /** Replies to another instance's question from the stores of this one alone. */
  public Reply replyForwarded(String visitor) {
    return group
        .owners(visitor)
        .<Reply>map(owners -> new Reply.Local(anyCopy(visitor, owners)))
        .orElseGet(VisitorRouting::undecided);
  }

  /**
   * Replies to a question by the id under which the state knows a visitor, such as a pseudonym.
   * Nobody can say which partition has it, so all instances look. The visitor is absent only if all
   * partitions were searched.
   *
   * @param pathAndQuery the question to each other instance
   */
  public Reply replyStored(String id, String pathAndQuery) {
    StoredSearch own = reader.stored(id);
    return own.found().filter(found -> found.lag() == Lookup.LIVE).isPresent()
        ? new Reply.Local(own.lookup())
        : new GroupSearch(own).reply(group.others(), peers, pathAndQuery);
  }

  /** Replies to another instance's question of this kind from the stores of this one alone. */
  public StoredSearch replyStoredForwarded(String id) {
    return reader.stored(id);
  }

  private static Reply undecided() {
    return new Reply.Local(
        new Lookup.Unavailable("the group has not decided yet who has this visitor"));
  }

  private Lookup live(String visitor, Owners owners) {
    return isSelf(owners.active())
        ? reader.live(visitor, owners.partition())
        : new Lookup.Unavailable("another instance has this visitor");
  }

  private Lookup anyCopy(String visitor, Owners owners) {
    Lookup live = reader.live(visitor, owners.partition());
    return live.isKnown() ? live : reader.copy(visitor, owners.partition());
  }

  /** Asks the owner, and a second time if the group may have moved the visitor in the meantime. */
  private Optional<Reply> fromOwner(String visitor, Owners first, String pathAndQuery) {
    Optional<Reply> reply = ask(first.active(), pathAndQuery);
    if (reply.isPresent()) {
      return reply;
    }
    Owners second = group.owners(visitor).orElse(first);
    Lookup live = live(visitor, second);
    return live.isKnown() ? Optional.of(new Reply.Local(live)) : ask(second.active(), pathAndQuery);
  }

  private Optional<Reply> fromStandby(String visitor, Owners owners, String pathAndQuery) {
    if (owners.standbys().stream().anyMatch(this::isSelf)) {
      Lookup copy = reader.copy(visitor, owners.partition());
      if (copy.isKnown()) {
        return Optional.of(new Reply.Local(copy));
      }
    }
    for (HostInfo standby : owners.standbys()) {
      Optional<Reply> reply = ask(standby, pathAndQuery);
      if (reply.isPresent()) {
        return reply;
      }
    }
    return Optional.empty();
  }

  private Optional<Reply> ask(HostInfo peer, String pathAndQuery) {
    return isSelf(peer) ? Optional.empty() : peers.ask(peer, pathAndQuery).map(Reply.Remote::new);
  }

  private boolean isSelf(HostInfo host) {
    return host.equals(group.self());
  }
}
