package io.weir.stream.ingest;

import io.weir.contract.RejectReason;
import io.weir.contract.avro.EnrichedEvent;
import io.weir.stream.ingest.Checked.Accepted;
import io.weir.stream.ingest.Checked.Rejected;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a parsed event has what it must have, and sets its visitor and its time. The
 * device's clock is corrected where the event says when it was sent and received.
 */
public final class EventValidator {
  private final EventParser parser = new EventParser();
  private final long maxFutureSkew;
  private final long maxEventAge;
  private final EventRules rules;

  public EventValidator(TimeRules times, EventRules rules) {
    this.maxFutureSkew = times.maxFutureSkew().toMillis();
    this.maxEventAge = times.maxEventAge().toMillis();
    this.rules = rules;
  }

  /** Parses and validates the value of a raw record that was appended at that time. */
  public Checked check(byte @Nullable [] value, long appendTime) {
    Checked parsed = parser.parse(value);
    if (!(parsed instanceof Accepted(EnrichedEvent event))) {
      return parsed;
    }
    Rejected rejected = missing(event);
    if (rejected == null) {
      rejected = time(event, appendTime);
    }
    if (rejected == null) {
      rejected = internal(event);
    }
    return rejected == null ? parsed : rejected;
  }

  private @Nullable Rejected missing(EnrichedEvent event) {
    if (event.getEventId() == null) {
      return missing("event_id");
    }
    String type = event.getEventType();
    if (type == null) {
      return missing("event_type");
    }
    if (!EventRules.isWellFormed(type)) {
      return new Rejected(
          RejectReason.BAD_EVENT_TYPE, "event_type is not of the form [a-z][a-z0-9_]*: " + type);
    }
    if (!rules.allows(type)) {
      return new Rejected(
          RejectReason.BAD_EVENT_TYPE, "event_type is not listed in stream.event-types: " + type);
    }
    if (event.getEventTime() == FieldReader.ABSENT) {
      return missing("event_time");
    }
    String visitor = event.getAnonymousId() != null ? event.getAnonymousId() : event.getUserId();
    if (visitor == null) {
      return new Rejected(
          RejectReason.MISSING_FIELD, "one of anonymous_id and user_id is required");
    }
    event.setVisitorId(visitor);
    return null;
  }

  private static Rejected missing(String field) {
    return new Rejected(RejectReason.MISSING_FIELD, field + " is missing");
  }

  private @Nullable Rejected time(EnrichedEvent event, long appendTime) {
    long device = event.getEventTime();
    long corrected = corrected(device, event.getSentAt(), event.getReceivedAt());
    event.setDeviceTime(device);
    event.setEventTime(corrected);
    event.setAppendTime(appendTime);
    if (corrected > appendTime + maxFutureSkew) {
      return new Rejected(
          RejectReason.TIME_IN_FUTURE,
          "event_time lies "
              + (corrected - appendTime)
              + " ms after the append time "
              + appendTime);
    }
    if (corrected < appendTime - maxEventAge) {
      return new Rejected(
          RejectReason.TIME_TOO_OLD,
          "event_time lies "
              + (appendTime - corrected)
              + " ms before the append time "
              + appendTime);
    }
    return null;
  }

  private @Nullable Rejected internal(EnrichedEvent event) {
    String reason = rules.internal().reason(event);
    return reason == null ? null : new Rejected(RejectReason.INTERNAL_TRAFFIC, reason);
  }

  /** The event time, corrected by the device clock's error: received minus sent. */
  private static long corrected(long device, @Nullable Long sent, @Nullable Long received) {
    if (sent == null || received == null) {
      return device;
    }
    long age = sent - device;
    long corrected = received - age;
    // Times that overflow stay uncorrected: the checks that follow reject them with a reason.
    boolean isOverflow =
        ((sent ^ device) & (sent ^ age)) < 0 || ((received ^ age) & (received ^ corrected)) < 0;
    return isOverflow ? device : corrected;
  }
}
