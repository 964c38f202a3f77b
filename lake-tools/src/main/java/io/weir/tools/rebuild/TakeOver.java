package io.weir.tools.rebuild;

import io.weir.contract.GoldTopic;
import io.weir.lake.gold.GoldTables;
import io.weir.process.StartupException;
import io.weir.process.access.KafkaNames;
import io.weir.tools.replay.RawTail;
import io.weir.tools.settings.ToolSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/**
 * The parts of a switch: the application of a rebuild goes on with the live topics exactly where
 * the live application has stopped. Each part may be repeated.
 */
final class TakeOver {
  private final ToolSettings at;
  private final RebuildName name;
  private final Brokers brokers;
  private final Connection connection;
  private final RebuildNotes notes;
  private final CellSwitch cells;

  TakeOver(ToolSettings at, RebuildName name, Brokers brokers, Connection connection) {
    this.at = at;
    this.name = name;
    this.brokers = brokers;
    this.connection = connection;
    this.notes = new RebuildNotes(connection, name);
    this.cells = new CellSwitch(connection, name);
  }

  /** Whether gold has the cells of the rebuild. */
  boolean isDone() throws SQLException {
    boolean isDone = isNow();
    connection.rollback();
    return isDone;
  }

  private boolean isNow() throws SQLException {
    String rebuilt = topicId(name.cells());
    return !rebuilt.isEmpty() && sources().contains(rebuilt);
  }

  /** The ids of the topics from which the cells of gold come. */
  private Set<String> sources() throws SQLException {
    return cells.positions().keySet().stream()
        .map(TopicPartition::topic)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whether gold has all cells that the live application has written. */
  boolean hasAllCells() {
    try {
      String topic = GoldTopic.name(at.application());
      var from = new HashMap<TopicPartition, Long>();
      cells
          .positions()
          .forEach((each, next) -> from.put(new TopicPartition(topic, each.partition()), next));
      connection.rollback();
      return TopicRest.isEmpty(at.kafka(), from, brokers.ends(topic));
    } catch (SQLException e) {
      throw RebuiltGold.failure(e);
    }
  }

  /** The group of lake-sink that reads the cells. */
  String reader() {
    return KafkaNames.sinkGroup(at.prefix(), GoldTables.CELLS.view());
  }

  /** Refuses a rebuild that a switch would not make exact. */
  void check() throws SQLException {
    Set<String> sources = sources();
    sources.remove("");
    sources.remove(topicId(GoldTopic.name(at.application())));
    if (!sources.isEmpty()) {
      throw new StartupException(
          "gold does not have the cells of "
              + at.application()
              + "; set WEIR_STREAM_APPLICATION_ID to that of the live stream-app");
    }
    requireNoErasure();
    Revisions.requireAbove(connection, at.kafka(), name.sessions());
    connection.rollback();
  }

  private void requireNoErasure() throws SQLException {
    if (!brokers.ends(at.topics().erasures().name()).equals(notes.of(RebuildNotes.FED))) {
      throw new StartupException(
          "persons may have been erased since gold feed began, and their records are in "
              + name.raw()
              + "; run gold drop "
              + name.name()
              + " and begin a rebuild with another name");
    }
  }

  /** Where the live application has stopped, and what it leaves. */
  record Stop(Cut cut, Map<Integer, Set<Long>> left) {
    long leftOut() {
      return left.values().stream().mapToLong(Set::size).sum();
    }
  }

  /** Notes the cut, before anything is fed that only this cut makes right. */
  Stop cut() throws SQLException {
    var cut = Cut.of(brokers, at);
    String rekeyed = at.topics().rekeyed().name();
    var stop = new Stop(cut, cut.unreadRekeyed(at.kafka(), brokers, rekeyed));
    notes.ensure();
    Map<TopicPartition, Long> former = notes.of(RebuildNotes.CUT);
    boolean isKnown = former.equals(cut.next());
    if (!isKnown) {
      if (notes.leavesOut()) {
        throw new StartupException(
            at.application()
                + " has read on since a switch was begun that left records to the rebuild; run gold"
                + " drop "
                + name.name()
                + " and begin a rebuild with another name");
      }
    }
    // Behind a known cut the feed has gone on over what is left out, up to the cut.
    requireNothingAhead(stop.cut(), isKnown ? Map.of() : stop.left());
    notes.put(RebuildNotes.CUT, cut.next());
    notes.put(RebuildNotes.LEFT_OUT, Map.of(new TopicPartition(rekeyed, 0), stop.leftOut()));
    connection.commit();
    return stop;
  }

  /** The rebuild must not have records that the live application has not counted. */
  private void requireNothingAhead(Cut cut, Map<Integer, Set<Long>> leftOut) {
    Map<Integer, Long> fed = tail().next();
    Map<Integer, Long> read = cut.of(at.raw().name());
    boolean isAhead =
        fed.entrySet().stream()
            .anyMatch(each ->
                each.getValue() > read.getOrDefault(each.getKey(), 0L)
                    || leftOut.getOrDefault(each.getKey(), Set.of()).stream()
                        .anyMatch(left -> left < each.getValue()));
    if (isAhead) {
      throw new StartupException(
          name.raw()
              + " has records that "
              + at.application()
              + " has not read; start the live stream-app until it has read them, then stop it");
    }
  }

  SwitchLoss loss() throws SQLException {
    SwitchLoss loss = SwitchLoss.of(connection, name);
    connection.rollback();
    return loss;
  }

  long feed(Stop stop) {
    return tail().send(stop.cut().of(at.raw().name()), stop.left());
  }

  private RawTail tail() {
    return new RawTail(at.kafka(), at.raw().name(), name.raw());
  }

  /** Whether the rebuilt cells that are loaded are the newest. */
  boolean isLoaded() throws SQLException {
    Map<TopicPartition, Long> loaded = notes.of(RebuildNotes.LOADED);
    connection.rollback();
    return brokers.ends(name.cells()).equals(loaded);
  }

  /** Adds the sums of erased persons to the rebuilt cells, and returns how many it added. */
  int carryErased() throws SQLException {
    return new ErasedCarry(at.kafka(), brokers, name, connection).run();
  }

  /** The switch itself: the group's offsets first, so that a break leaves nothing that counts. */
  void commit(Stop stop) throws SQLException {
    if (brokers.isRunning(at.application()) || !Cut.of(brokers, at).equals(stop.cut())) {
      throw new StartupException(
          at.application() + " has been started again; stop it, and run this command again");
    }
    if (brokers.isRunning(reader())) {
      throw new StartupException(
          "lake-sink has been started again (group "
              + reader()
              + "); stop it, and run this command again");
    }
    brokers.commit(name.application(), stop.cut().next());
    check();
    cells.lock();
    if (isNow()) {
      connection.rollback();
      return;
    }
    cells.forth(topicId(name.cells()), at.application());
    notes.put(RebuildNotes.LIVE_SESSIONS, brokers.ends(sessions()));
    connection.commit();
  }

  private LastSessions lastSessions() {
    return new LastSessions(at, name, brokers, notes);
  }

  /** Whether nothing is left to do. */
  boolean isFinished() throws SQLException {
    boolean isFinished = lastSessions().areSent();
    connection.rollback();
    return isFinished;
  }

  /** The last step, behind which there is no way back: the lake gets the last sessions. */
  LastSessions.Sent finish() throws SQLException {
    LastSessions.Sent sent = lastSessions().send();
    connection.commit();
    return sent;
  }

  /** The application whose cells gold had before; empty if nothing is left of it. */
  Optional<String> former() throws SQLException {
    Map<TopicPartition, Long> found = notes.of(RebuildNotes.FORMER);
    connection.rollback();
    return found.keySet().stream().map(TopicPartition::topic).findFirst();
  }

  /** Gives gold back to the former application, which goes on where it has stopped. */
  void back() throws SQLException {
    Map<TopicPartition, Long> cut = notes.of(RebuildNotes.CUT);
    Map<TopicPartition, Long> read = brokers.committed(name.application());
    if (lastSessions().areSent()
        || cut.entrySet().stream()
            .anyMatch(each -> !each.getValue().equals(read.get(each.getKey())))) {
      throw new StartupException(
          name.application()
              + " has read live records, whose events the former application would send to the lake"
              + " a second time; to go back, rebuild with the former settings under another name");
    }
    if (hasNewSessions()) {
      throw new StartupException(
          name.application()
              + " has written sessions since, which the former application does not know; to go"
              + " back, rebuild with the former settings under another name");
    }
    requireNoErasure();
    cells.lock();
    cells.back();
    connection.commit();
  }

  /** Whether sessions came since the switch: the clock can close some without a new record. */
  private boolean hasNewSessions() throws SQLException {
    Map<TopicPartition, Long> from = notes.of(RebuildNotes.LIVE_SESSIONS);
    return !from.isEmpty() && !TopicRest.isEmpty(at.kafka(), from, brokers.ends(sessions()));
  }

  private String sessions() {
    return at.topics().sessions().name();
  }

  /** The settings of the services after the switch that follow from the rebuild. */
  Map<String, String> settings() {
    var settings = new LinkedHashMap<String, String>();
    settings.put("WEIR_TOPIC_PREFIX", at.prefix());
    settings.put("WEIR_STREAM_APPLICATION_ID", name.application());
    Revisions.begunWith(at.kafka(), name.sessions())
        .ifPresent(first -> settings.put("WEIR_STREAM_FIRST_REVISION", Long.toString(first)));
    return settings;
  }

  private String topicId(String topic) {
    return brokers.topic(topic).map(TopicDescription::topicId).map(Object::toString).orElse("");
  }
}
