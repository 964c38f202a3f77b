package io.weir.scoring.serve;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.contract.avro.EnrichedEvent;
import io.weir.model.feature.VisitorEvent;
import io.weir.model.feature.VisitorPast;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads ad impressions and what their visitors did before, with the fields of the events topic. The
 * vector is computed from them as the topic's scorer does.
 */
final class ImpressionReader {
  static final int MOST = 1_000;
  private static final String IMPRESSION = "impression";
  private static final String PAST = "past";

  private ImpressionReader() {}

  /** An impression, and its visitor's past without it. */
  record Impression(VisitorPast past, VisitorEvent event) {}

  static List<Impression> read(JsonNode impressions) throws WrongRequestException {
    if (!impressions.isArray() || impressions.isEmpty() || impressions.size() > MOST) {
      throw new WrongRequestException("impressions must be a list of 1 to " + MOST);
    }
    var read = new ArrayList<Impression>(impressions.size());
    for (JsonNode each : impressions) {
      read.add(impression(each, "impressions[" + read.size() + "]"));
    }
    return read;
  }

  private static Impression impression(JsonNode object, String place) throws WrongRequestException {
    for (var entry : object.properties()) {
      if (!entry.getKey().equals(IMPRESSION) && !entry.getKey().equals(PAST)) {
        throw new WrongRequestException(
            place + " has an impression and a past, no " + RequestDocument.quoted(entry.getKey()));
      }
    }
    JsonNode events = object.path(PAST);
    if (!events.isArray() && !events.isMissingNode()) {
      throw new WrongRequestException(place + ".past must be a list of events");
    }
    var past = new VisitorPast();
    int number = 0;
    for (JsonNode event : events) {
      past.add(event(event, place + ".past[" + number++ + "]"));
    }
    VisitorEvent shown = event(object.path(IMPRESSION), place + ".impression");
    if (!shown.isImpression()) {
      throw new WrongRequestException(place + ".impression is no ad_impression");
    }
    return new Impression(past, shown);
  }

  private static VisitorEvent event(JsonNode object, String place) throws WrongRequestException {
    for (String field : List.of("event_type", "event_time")) {
      if (!object.hasNonNull(field)) {
        throw new WrongRequestException(place + " has no " + field);
      }
    }
    var event = new EnrichedEvent();
    RequestRecord.fill(event, object, place);
    return VisitorEvent.of(event);
  }
}
