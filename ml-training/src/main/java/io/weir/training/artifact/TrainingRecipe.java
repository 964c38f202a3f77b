package io.weir.training.artifact;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.weir.training.tree.TreeShape;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that decides what a training gives, so that it can be done again.
 *
 * @param predicts what the model predicts, as the option --model names it
 * @param model the name of the model
 * @param table the table, or the name of the file
 * @param snapshot the snapshot of the table; null for a file
 * @param from the first time that was asked for, RFC 3339; null: all
 * @param to the time before which rows were asked for; null: all
 * @param featureSetVersion of the features of the program that trained
 * @param cuts so many prefixes of each session were learnt from, too; null: none
 * @param eventsSnapshot of the events that they come from; null: none, or a file
 */
public record TrainingRecipe(
    String predicts,
    String model,
    String table,
    @Nullable Long snapshot,
    @Nullable String from,
    @Nullable String to,
    int featureSetVersion,
    long seed,
    int rounds,
    int patience,
    int mostNegatives,
    TreeShape shape,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer cuts,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long eventsSnapshot) {

  /** Fails for a recipe that was written by hand or damaged. */
  public TrainingRecipe {
    Objects.requireNonNull(predicts, "no predicts");
    Objects.requireNonNull(model, "no model");
    Objects.requireNonNull(shape, "no shape");
    requireTime(from);
    requireTime(to);
    if (cuts != null && cuts < 1) {
      throw new IllegalArgumentException("cuts is positive");
    }
    if (rounds < 1 || patience < 1) {
      throw new IllegalArgumentException("rounds and patience are positive");
    }
  }

  private static void requireTime(@Nullable String time) {
    var _ = time == null ? null : Instant.parse(time);
  }
}
