package io.weir.sink.loop;

import io.weir.contract.AvroSerde;
import io.weir.contract.Topic;
import io.weir.contract.Topics;
import io.weir.contract.avro.ClickScore;
import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.RejectedRecord;
import io.weir.contract.avro.ReturnScore;
import io.weir.contract.avro.Score;
import io.weir.contract.avro.Session;
import io.weir.lake.table.LakeTables;
import io.weir.lake.table.TableSpec;
import io.weir.sink.write.AppendWriter;
import io.weir.sink.write.AvroRows;
import io.weir.sink.write.ChangeRows;
import io.weir.sink.write.ProductRows;
import io.weir.sink.write.RawRows;
import io.weir.sink.write.RowsMapper;
import io.weir.sink.write.UpsertWriter;
import io.weir.sink.write.Versioned;
import io.weir.sink.write.WriteBudget;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;

/** The feeds of the lake. */
public final class TableFeeds {
  private static final Versioned<Session> SESSIONS =
      new Versioned<>(Session::getSessionKey, Session::getRevision, Session::getIsRetracted);
  private static final Versioned<Score> SCORES =
      new Versioned<>(Score::getSessionKey, Score::getSessionRevision, Score::getIsRetracted);
  private static final Versioned<ReturnScore> RETURN_SCORES =
      new Versioned<>(
          ReturnScore::getSessionKey, ReturnScore::getSessionRevision, ReturnScore::getIsRetracted);

  private final Topics topics;
  private final Clock clock;
  private final WriteBudget budget;

  public TableFeeds(Topics topics, Clock clock, WriteBudget budget) {
    this.topics = topics;
    this.clock = clock;
    this.budget = budget;
  }

  public List<TableFeed> all() {
    return List.of(
        raw(),
        rejected(),
        events(),
        late(),
        eventProducts(),
        sessions(),
        sessionChanges(),
        scores(),
        clickScores(),
        returnScores());
  }

  public TableFeed raw() {
    return append(LakeTables.RAW_EVENTS, topics.raw(), table -> new RawRows(table, clock));
  }

  public TableFeed rejected() {
    TableSpec spec = LakeTables.REJECTED;
    return append(
        spec,
        topics.rejected(),
        table ->
            new AvroRows<>(
                AvroSerde.rejected(), RejectedRecord.getClassSchema(), table, spec.times()));
  }

  public TableFeed events() {
    return events(LakeTables.EVENTS, topics.events());
  }

  public TableFeed late() {
    return events(LakeTables.LATE, topics.late());
  }

  /** Reads the topic of the events on its own, because each table commits its own offsets. */
  public TableFeed eventProducts() {
    return append(LakeTables.EVENT_PRODUCTS, topics.events(), ProductRows::new);
  }

  private TableFeed events(TableSpec spec, Topic topic) {
    return append(
        spec,
        topic,
        table ->
            new AvroRows<>(
                AvroSerde.enrichedEvent(), EnrichedEvent.getClassSchema(), table, spec.times()));
  }

  public TableFeed sessions() {
    TableSpec spec = LakeTables.SESSIONS;
    return new TableFeed(
        spec,
        topics.sessions(),
        (catalog, table) ->
            new UpsertWriter<>(
                table,
                new AvroRows<>(AvroSerde.session(), Session.getClassSchema(), table, spec.times()),
                SESSIONS,
                new UpsertWriter.Identity(
                    "session_key", "revision", load(catalog, LakeTables.RETRACTED_SESSIONS)),
                limits()));
  }

  /** Keeps every revision and retraction of a session. */
  public TableFeed sessionChanges() {
    return append(LakeTables.SESSION_CHANGES, topics.sessions(), ChangeRows::new);
  }

  public TableFeed scores() {
    TableSpec spec = LakeTables.SCORES;
    return new TableFeed(
        spec,
        topics.scores(),
        (catalog, table) ->
            new UpsertWriter<>(
                table,
                new AvroRows<>(AvroSerde.score(), Score.getClassSchema(), table, spec.times()),
                SCORES,
                new UpsertWriter.Identity(
                    "session_key", "session_revision", load(catalog, LakeTables.RETRACTED_SCORES)),
                limits()));
  }

  public TableFeed clickScores() {
    TableSpec spec = LakeTables.AD_SCORES;
    return append(
        spec,
        topics.clickScores(),
        table ->
            new AvroRows<>(
                AvroSerde.clickScore(), ClickScore.getClassSchema(), table, spec.times()));
  }

  public TableFeed returnScores() {
    TableSpec spec = LakeTables.RETURN_SCORES;
    return new TableFeed(
        spec,
        topics.returnScores(),
        (catalog, table) ->
            new UpsertWriter<>(
                table,
                new AvroRows<>(
                    AvroSerde.returnScore(), ReturnScore.getClassSchema(), table, spec.times()),
                RETURN_SCORES,
                new UpsertWriter.Identity(
                    "session_key",
                    "session_revision",
                    load(catalog, LakeTables.RETRACTED_RETURN_SCORES)),
                limits()));
  }

  private TableFeed append(TableSpec spec, Topic topic, Function<Table, RowsMapper> mapper) {
    return new TableFeed(
        spec,
        topic,
        (_, table) -> new AppendWriter(table, mapper.apply(table), UUID::randomUUID, budget));
  }

  private UpsertWriter.Limits limits() {
    return new UpsertWriter.Limits(UUID::randomUUID, clock, budget);
  }

  private static Table load(Catalog catalog, TableSpec spec) {
    return catalog.loadTable(spec.identifier());
  }
}
