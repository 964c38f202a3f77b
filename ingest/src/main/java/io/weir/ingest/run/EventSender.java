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
import java.util.function.LongConsumer;

/** Converts records one by one and sends the events, keyed by their visitors. */
public final class EventSender {
  private static final int LONGEST_ID = 100;

  private final EventPublisher publisher;
  private final String application;
  private final Totals totals;
  private final EventWriter writer = new EventWriter();
  private final RawEvent event = new RawEvent();

  /**
   * A sender.
   *
   * @param application set in every event; empty to leave events unchanged
   */
  public EventSender(EventPublisher publisher, String application, Totals totals) {
    this.publisher = publisher;
    this.application = application;
    this.totals = totals;
  }

  /**
   * The place of a record, as far as it adds to its contents.
   *
   * @param id of the event if the record has none
   * @param time when the record was made, epoch milliseconds, for records that do not say when
   *     their event happened; or {@link Times#INVALID}
   */
  public record Place(String id, long time) {}

  /** The number of texts and lists that were cut to the contract's limits. */
  public long shortened() {
    return writer.shortened();
  }

  /**
   * Sends the event of a record.
   *
   * @param gate is told the event's time, and may refuse it by an exception
   */
  public void send(byte[] record, int length, Place place, EventFormat format, LongConsumer gate)
      throws Skip {
    event.clear();
    format.convert(record, length, event);
    complete(place, format);
    byte[] value = writer.write(event);
    String visitor = requireNonNull(event.visitor());
    gate.accept(event.time(Field.EVENT_TIME));
    publisher.publish(visitor.getBytes(StandardCharsets.UTF_8), value, value.length);
    totals.sent(event, visitor);
  }

  private void complete(Place place, EventFormat format) {
    String own = event.get(Field.EVENT_ID);
    if (own == null || own.length() > LONGEST_ID) {
      event.set(Field.EVENT_ID, place.id);
    }
    if (!application.isEmpty()) {
      event.set(Field.APP_ID, application);
    }
    if (!format.hasTime() && place.time != Times.INVALID) {
      event.setTime(Field.EVENT_TIME, place.time);
    }
  }
}
