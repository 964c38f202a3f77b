package io.weir.scoring.serve;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.model.feature.Feature;
import io.weir.model.feature.FeatureVector;
import io.weir.model.feature.SessionFeatures;
import io.weir.scoring.serve.RequestedFeatures.Accepted;
import io.weir.scoring.serve.RequestedFeatures.ClosedSessions;
import io.weir.scoring.serve.RequestedFeatures.Impressions;
import io.weir.scoring.serve.RequestedFeatures.Refused;
import io.weir.scoring.serve.RequestedFeatures.Sessions;
import io.weir.scoring.serve.RequestedFeatures.Visitor;
import io.weir.scoring.serve.RequestedFeatures.Visitors;
import java.util.Optional;

/**
 * Reads sessions, ad impressions, visitors, or a flat JSON object of features by name; absent and
 * null mean missing.
 */
final class FeatureReader {
  private static final RequestDocument JSON = RequestDocument.strict();

  private FeatureReader() {}

  static RequestedFeatures read(String body) {
    try {
      return JSON.read(body, FeatureReader::read);
    } catch (WrongRequestException e) {
      return new Refused(String.valueOf(e.getMessage()));
    }
  }

  private static RequestedFeatures read(JsonNode document) throws WrongRequestException {
    if (!document.isObject()) {
      return new Refused("the body must be a JSON object of features by name");
    }
    if (document.has("sessions")) {
      return new Sessions(SessionReader.read(only("sessions", document)));
    }
    if (document.has("closed_sessions")) {
      return new ClosedSessions(SessionReader.readClosed(only("closed_sessions", document)));
    }
    if (document.has("impressions")) {
      return new Impressions(ImpressionReader.read(only("impressions", document)));
    }
    if (document.has("visitors")) {
      return new Visitors(VisitorReader.read(only("visitors", document)));
    }
    if (document.has("visitor")) {
      return new Visitor(VisitorReader.id(only("visitor", document), "visitor"));
    }
    var vector = new FeatureVector();
    for (var entry : document.properties()) {
      Optional<String> wrong = read(entry.getKey(), entry.getValue(), vector);
      if (wrong.isPresent()) {
        return new Refused(wrong.get());
      }
    }
    return new Accepted(SessionFeatures.completed(vector));
  }

  private static JsonNode only(String member, JsonNode document) throws WrongRequestException {
    if (document.size() > 1) {
      throw new WrongRequestException(member + " must be the only member");
    }
    return document.path(member);
  }

  /** Sets one feature, or returns what is wrong with it. */
  private static Optional<String> read(String name, JsonNode value, FeatureVector vector) {
    Optional<Feature> known = Feature.named(name);
    if (known.isEmpty()) {
      return Optional.of(
          '"' + RequestDocument.quoted(name) + "\" is no feature; GET /v1/model lists them");
    }
    Feature feature = known.get();
    if (value.isNull()) {
      return Optional.empty();
    }
    return feature.kind() == Feature.Kind.WORD
        ? word(feature, value, vector)
        : number(feature, value, vector);
  }

  private static Optional<String> word(Feature feature, JsonNode value, FeatureVector vector) {
    String word = value.isTextual() ? value.textValue() : "";
    if (!feature.words().contains(word)) {
      return Optional.of(feature.fieldName() + " must be one of " + feature.words() + " or null");
    }
    vector.set(feature, word);
    return Optional.empty();
  }

  private static Optional<String> number(Feature feature, JsonNode value, FeatureVector vector) {
    float number = value.isNumber() ? value.floatValue() : Float.NaN;
    if (!Float.isFinite(number)) {
      return Optional.of(feature.fieldName() + " must be a finite number or null");
    }
    vector.set(feature, number);
    return Optional.empty();
  }
}
