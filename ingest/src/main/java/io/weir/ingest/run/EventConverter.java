package io.weir.ingest.run;

import static java.util.Objects.requireNonNull;

import io.weir.ingest.event.EventWriter;
import io.weir.ingest.event.Field;
import io.weir.ingest.event.RawEvent;
import io.weir.ingest.event.Skip;
import io.weir.ingest.event.Times;
import io.weir.ingest.format.EventFormat;
import io.weir.process.kafka.EventPublisher;
import java.nio.charset.StandardCharsets;

/** Converts records one by one to events that can be sent. */
public final class EventConverter {
  private static final int LONGEST_ID = 100;

  private final String application;
  private final EventWriter writer = new EventWriter();
  private final RawEvent event = new RawEvent();

  /**
   * A converter.
   *
   * @param application set in every event; empty to leave events unchanged
   */
  public EventConverter(String application) {
    this.application = application;
  }

  /**
   * The place of a record, as far as it adds to its contents.
   *
   * @param id of the event if the record has none
   * @param time of the record, epoch milliseconds, for events that do not say theirs; or {@link
   *     Times#INVALID}
   */
  public record Place(String id, long time) {}

  /** An event that is ready to be sent. */
  public static final class Event {
    private final String visitor;
    private final String type;
    private final long time;
    private final byte[] value;

    private Event(String visitor, String type, long time, byte[] value) {
      this.visitor = visitor;
      this.type = type;
      this.time = time;
      this.value = value;
    }

    public String visitor() {
      return visitor;
    }

    public String type() {
      return type;
    }

    /** Epoch milliseconds. */
    public long time() {
      return time;
    }

    /** The JSON of the wire contract. */
    public byte[] value() {
      return value;
    }

    /** Sends the event, keyed by its visitor. */
    public void sendTo(EventPublisher publisher) {
      publisher.publish(visitor.getBytes(StandardCharsets.UTF_8), value, value.length);
    }
  }

  /** The number of texts and lists that were cut to the contract's limits. */
  public long shortened() {
    return writer.shortened();
  }

  /** The event of a record. */
  public Event convert(byte[] record, int length, Place place, EventFormat format) throws Skip {
    event.clear();
    format.convert(record, length, event);
    complete(place);
    byte[] value = writer.write(event);
    return new Event(
        requireNonNull(event.visitor()),
        requireNonNull(event.get(Field.EVENT_TYPE)),
        event.time(Field.EVENT_TIME),
        value);
  }

  private void complete(Place place) {
    String own = event.get(Field.EVENT_ID);
    if (own == null || own.length() > LONGEST_ID) {
      event.set(Field.EVENT_ID, place.id);
    }
    if (!application.isEmpty()) {
      event.set(Field.APP_ID, application);
    }
    if (event.time(Field.EVENT_TIME) == Times.INVALID) {
      event.setTime(Field.EVENT_TIME, place.time);
    }
  }
}
