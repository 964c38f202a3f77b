package io.weir.stream.query.visitor;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The visitor as the stream knows it now.
 *
 * @param openSession the session that goes on, null where there is none
 * @param recentSessions closed ones, newest first
 * @param timeline the last events, newest first
 * @param score of the session that was scored last, null where none was
 * @param returnScore the chance that the visitor comes back, null where no session was scored
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "Visitor")
public record VisitorAnswer(
    String visitorId,
    @Nullable SessionAnswer openSession,
    List<SessionAnswer> recentSessions,
    List<Event> timeline,
    @Nullable ScoreAnswer score,
    @Nullable ReturnScoreAnswer returnScore) {

  /**
   * One event of the timeline.
   *
   * @param ad of an ad impression or a click
   * @param clickScore of an ad impression; null where none is known
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Event(
      String time,
      String type,
      @Nullable String page,
      List<String> products,
      boolean late,
      @Nullable String ad,
      @Nullable ClickScoreAnswer clickScore) {}

  /** The probability of a click that the model gave an impression when the ad was shown. */
  public record ClickScoreAnswer(double probability, String model, String scoredAt) {}

  /**
   * The probability that the visitor starts another session within 7 days after the end of this
   * one, that the model gave when the session closed.
   *
   * @param reasons what moved it most; empty where the scorer gives none
   */
  public record ReturnScoreAnswer(
      String sessionKey,
      double probability,
      String model,
      String scoredAt,
      List<ScoreAnswer.Reason> reasons) {}

  /**
   * The probability of a purchase that the model gave a session when it closed.
   *
   * @param reasons what moved it most; empty where the scorer gives none
   */
  public record ScoreAnswer(
      String sessionKey,
      double conversionScore,
      String model,
      String scoredAt,
      List<Reason> reasons) {

    /** A feature with its value, and what it added to the log-odds of a purchase. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "ScoreReason")
    public record Reason(String feature, @Nullable String value, double contribution) {}
  }
}
