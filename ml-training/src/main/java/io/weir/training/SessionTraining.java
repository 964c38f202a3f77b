package io.weir.training;

import io.weir.model.feature.FeatureSchema;
import io.weir.training.artifact.ModelArtifact;
import io.weir.training.artifact.ModelArtifact.FeatureSet;
import io.weir.training.artifact.Promotion;
import io.weir.training.session.SessionEncoding;
import io.weir.training.session.SessionParts;
import io.weir.training.session.SessionSet;
import io.weir.training.table.TableEncoding;
import io.weir.training.tree.RoundListener;
import io.weir.training.tree.TreeSettings;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** One training on sessions, up to the decision about the champion. */
final class SessionTraining {
  private static final String LABEL = "is_converted";
  private static final String GROUP = "visitor_id";

  private final String name;
  private final TreeSettings settings;
  private final RoundListener listener;
  private final Clock clock;

  SessionTraining(String name, TreeSettings settings, RoundListener listener, Clock clock) {
    this.name = name;
    this.settings = settings.withIncreasing(SessionEncoding.increasing());
    this.listener = listener;
    this.clock = clock;
  }

  ModelArtifact run(Supplier<SessionSet> sessions, Optional<Champion> champion) {
    FeatureSchema schema = FeatureSchema.current();
    var attributes = Map.of("weir_name", name, "weir_features", schema.fingerprint());
    var subject =
        new ModelTraining.Subject(name, LABEL, Optional.of(GROUP), settings.seed(), attributes);
    var training = new ModelTraining(subject, settings, listener, clock);
    SessionParts parts = SessionParts.split(sessions.get(), settings.seed());
    TableEncoding encoding = SessionEncoding.current();
    ModelArtifact artifact =
        training.run(
            new ModelTraining.Parts(
                encoding,
                parts.train(),
                parts.validation(),
                parts.test(),
                parts.leftOut(),
                parts.inOtherPart(),
                parts.source()));
    double logLoss = artifact.report().metrics().logLoss();
    Promotion promotion =
        champion
            .map(former -> former.against(logLoss, parts.test()))
            .orElseGet(() -> Promotion.unopposed("there was no champion"));
    return artifact.with(new FeatureSet(schema.version(), schema.fingerprint()), promotion);
  }
}
