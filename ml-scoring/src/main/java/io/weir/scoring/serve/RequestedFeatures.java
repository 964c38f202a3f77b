package io.weir.scoring.serve;

import io.weir.contract.avro.Session;
import io.weir.model.feature.FeatureVector;
import java.util.List;

/** What a request to score asks about, or what is wrong with the request. */
sealed interface RequestedFeatures {
  record Accepted(FeatureVector vector) implements RequestedFeatures {}

  record Sessions(List<Session> sessions) implements RequestedFeatures {}

  record ClosedSessions(List<Session> sessions) implements RequestedFeatures {}

  record Impressions(List<ImpressionReader.Impression> impressions) implements RequestedFeatures {}

  record Visitor(String id) implements RequestedFeatures {}

  record Visitors(List<String> ids) implements RequestedFeatures {

    public Visitors {
      ids = List.copyOf(ids);
    }
  }

  record Refused(String detail) implements RequestedFeatures {}
}
