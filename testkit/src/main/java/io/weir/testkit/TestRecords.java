package io.weir.testkit;

import io.weir.contract.AvroSerde;
import io.weir.contract.avro.ClickScore;
import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.FeatureInputs;
import io.weir.contract.avro.Identity;
import io.weir.contract.avro.RejectedRecord;
import io.weir.contract.avro.ReturnScore;
import io.weir.contract.avro.Score;
import io.weir.contract.avro.Session;
import java.time.Instant;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecordBase;

/** Valid records; a test changes what matters to it. */
public final class TestRecords {
  /** 2026-03-01T12:00:00Z. */
  public static final long NOON = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();

  static {
    // Avro builds only trusted classes, and the serde registers them as trusted.
    AvroSerde.enrichedEvent().close();
  }

  private TestRecords() {}

  public static EnrichedEvent event(String id, Consumer<EnrichedEvent.Builder> change) {
    EnrichedEvent.Builder builder =
        EnrichedEvent.newBuilder()
            .setEventId(id)
            .setEventType("page_view")
            .setEventTime(NOON)
            .setDeviceTime(NOON)
            .setAppendTime(NOON)
            .setRawPartition(0)
            .setRawOffset(0)
            .setVisitorId("v");
    change.accept(builder);
    return builder.build();
  }

  public static RejectedRecord rejected(byte[] value) {
    return RejectedRecord.newBuilder()
        .setReason("not_json")
        .setDetail("at 0")
        .setRawTopic("raw")
        .setRawPartition(1)
        .setRawOffset(2)
        .setAppendTime(NOON)
        .setValue(java.nio.ByteBuffer.wrap(value))
        .build();
  }

  public static Session session(String key, int revision, Consumer<Session.Builder> change) {
    Session.Builder builder =
        Session.newBuilder()
            .setSessionKey(key)
            .setRevision(revision)
            .setVisitorId("v-" + key)
            .setStartTime(NOON)
            .setEndTime(NOON + 60_000)
            .setDurationMs(60_000)
            .setEvents(revision + 1)
            .setFeatures(FeatureInputs.newBuilder().build());
    change.accept(builder);
    return builder.build();
  }

  public static Session retraction(String key, int revision) {
    return session(key, revision, builder -> builder.setIsRetracted(true));
  }

  public static Score score(String key, int revision, double value) {
    return Score.newBuilder()
        .setSessionKey(key)
        .setSessionRevision(revision)
        .setVisitorId("v-" + key)
        .setSessionStart(NOON)
        .setConversionScore(value)
        .setModelName("m")
        .setModelVersion("1")
        .setScoredAt(NOON + 120_000)
        .build();
  }

  /** The score of an impression by the visitor {@code v-ID}. */
  public static ClickScore clickScore(String id, double value) {
    return ClickScore.newBuilder()
        .setEventId(id)
        .setVisitorId("v-" + id)
        .setEventTime(NOON)
        .setAdId("ad")
        .setUrlPath("/")
        .setPosition("1")
        .setClickScore(value)
        .setModelName("p_click")
        .setModelVersion("1")
        .setScoredAt(NOON + 1_000)
        .build();
  }

  /** The return score of a session by the visitor {@code v-KEY}. */
  public static ReturnScore returnScore(String key, int revision, double value) {
    return ReturnScore.newBuilder()
        .setSessionKey(key)
        .setSessionRevision(revision)
        .setVisitorId("v-" + key)
        .setSessionStart(NOON)
        .setSessionEnd(NOON + 60_000)
        .setReturnScore(value)
        .setModelName("p_return_7d")
        .setModelVersion("1")
        .setScoredAt(NOON + 120_000)
        .build();
  }

  public static byte[] bytes(EnrichedEvent event) {
    return bytes(AvroSerde.enrichedEvent(), event);
  }

  public static byte[] bytes(RejectedRecord rejected) {
    return bytes(AvroSerde.rejected(), rejected);
  }

  public static byte[] bytes(Session session) {
    return bytes(AvroSerde.session(), session);
  }

  public static byte[] bytes(Identity identity) {
    return bytes(AvroSerde.identity(), identity);
  }

  public static byte[] bytes(Score score) {
    return bytes(AvroSerde.score(), score);
  }

  public static byte[] bytes(ReturnScore score) {
    return bytes(AvroSerde.returnScore(), score);
  }

  public static byte[] bytes(ClickScore score) {
    return bytes(AvroSerde.clickScore(), score);
  }

  private static <T extends SpecificRecordBase> byte[] bytes(AvroSerde<T> serde, T record) {
    try (serde) {
      byte[] bytes = serde.serialize("", record);
      if (bytes == null) {
        throw new IllegalStateException("nothing written");
      }
      return bytes;
    }
  }
}
