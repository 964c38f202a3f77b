package io.weir.training;

import io.weir.lake.LakeSettings;
import io.weir.lake.gold.Postgres;
import io.weir.lake.table.LakeLocation;
import io.weir.process.Settings;
import io.weir.process.StartupException;
import io.weir.training.click.EventFile;
import io.weir.training.click.ImpressionSet;
import io.weir.training.click.LakeImpressions;
import io.weir.training.returning.LakeReturns;
import io.weir.training.returning.ReturnFile;
import io.weir.training.session.CutPlan;
import io.weir.training.session.LakeSessions;
import io.weir.training.session.LakeSessions.Range;
import io.weir.training.session.SessionFile;
import io.weir.training.session.SessionSet;
import io.weir.training.truth.TrueChances;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where rows come from: files instead of the lake, and their truth. */
final class SourceOptions {
  @Option(names = "--sessions", paramLabel = "FILE", description = "Avro file instead of the lake.")
  private @Nullable Path sessions;

  @Option(
      names = "--events",
      paramLabel = "FILE",
      description = "Avro file of events instead of the lake: for p_click, and for cuts.")
  private @Nullable Path events;

  @Option(
      names = "--cuts",
      paramLabel = "N",
      description =
          "Learn from N prefixes of each session, too (1; 0 of a file without its events).")
  private @Nullable Integer cuts;

  @Option(
      names = "--truth",
      paramLabel = "FILE",
      description = "The simulator's truth with --chances, to compare the model with.")
  private @Nullable Path truth;

  /** Fails if the files are not those of the prediction. */
  void require(Prediction prediction) {
    if (sessions != null && prediction == Prediction.P_CLICK) {
      throw new StartupException(
          "p_click is trained on events: those of the lake, or --events, not --sessions");
    }
    if (events != null && prediction == Prediction.P_RETURN_7D) {
      throw new StartupException("p_return_7d is trained on sessions, not --events");
    }
    if (events != null && prediction == Prediction.P_CONVERT && sessions == null) {
      throw new StartupException("p_convert is trained on sessions: --events goes with --sessions");
    }
  }

  /** Fails if events were given and nothing would read them. */
  private void require(Prediction prediction, CutPlan plan) {
    require(prediction);
    if (events != null && prediction == Prediction.P_CONVERT && plan.perSession() == 0) {
      throw new StartupException(
          "p_convert is trained on sessions: --events is for --cuts N, and this training has none");
    }
  }

  boolean hasCuts() {
    return cuts != null;
  }

  /** The prefixes to learn from. */
  CutPlan cuts(Prediction prediction, long seed) {
    if (prediction != Prediction.P_CONVERT) {
      if (cuts != null) {
        throw new StartupException(
            "--cuts is an option of p_convert: " + prediction.option() + " has no prefixes");
      }
      return CutPlan.NONE;
    }
    int wanted = cuts == null ? usualCuts() : cuts;
    if (wanted < 0 || wanted > CutPlan.MOST) {
      throw new StartupException("--cuts must be from 0 to " + CutPlan.MOST);
    }
    var plan = new CutPlan(wanted, seed, Optional.empty());
    require(prediction, plan);
    return plan;
  }

  /** The same prefixes, or none if nobody asked for them and the lake has no events. */
  CutPlan possible(CutPlan plan, PrintStream notes) {
    return possible(plan, notes, () -> LakeSessions.hasEvents(lake()));
  }

  CutPlan possible(CutPlan plan, PrintStream notes, BooleanSupplier hasEvents) {
    if (cuts != null || hasFile() || plan.perSession() == 0 || hasEvents.getAsBoolean()) {
      return plan;
    }
    notes.println(
        "silver.events is empty, so this training has no prefixes of sessions, as with --cuts 0:"
            + " open sessions will have scores of closed ones");
    notes.flush();
    return CutPlan.NONE;
  }

  /** A file of sessions alone has no events to cut by. */
  private int usualCuts() {
    return sessions != null && events == null ? 0 : CutPlan.USUAL;
  }

  boolean hasFile() {
    return sessions != null || events != null;
  }

  Optional<TrueChances> truth(Prediction prediction) {
    if (truth != null && prediction == Prediction.P_RETURN_7D) {
      throw new StartupException("--truth has no probability of a return: leave it out");
    }
    String kind = prediction == Prediction.P_CLICK ? "impression" : "session";
    return Optional.ofNullable(truth).map(file -> TrueChances.read(file, kind));
  }

  Prediction.Rows read(Prediction prediction, Range range, CutPlan cuts) {
    require(prediction, cuts);
    boolean isOfReturns = prediction == Prediction.P_RETURN_7D;
    if (sessions != null) {
      return isOfReturns
          ? new Prediction.Rows(ReturnFile.read(sessions, range).rows(), null)
          : rows(sessions(sessions, cuts));
    }
    if (events != null) {
      return rows(EventFile.read(events));
    }
    LakeLocation lake = lake();
    return switch (prediction) {
      case P_CONVERT -> rows(LakeSessions.read(lake, range, cuts));
      case P_CLICK -> rows(LakeImpressions.read(lake, range));
      case P_RETURN_7D -> new Prediction.Rows(LakeReturns.read(lake, range).rows(), null);
    };
  }

  private static LakeLocation lake() {
    Settings settings = Settings.ofProcess();
    return LakeSettings.location(settings, Postgres.from(settings));
  }

  private SessionSet sessions(Path file, CutPlan cuts) {
    if (cuts.perSession() == 0) {
      return SessionFile.read(file);
    }
    if (events == null) {
      throw new StartupException("--cuts of --sessions FILE needs the events: --events FILE");
    }
    return SessionFile.read(file, events, cuts);
  }

  private static Prediction.Rows rows(SessionSet sessions) {
    return new Prediction.Rows(sessions.rows(), sessions.rates());
  }

  private static Prediction.Rows rows(ImpressionSet impressions) {
    return new Prediction.Rows(impressions.rows(), impressions.rates());
  }
}
