package io.weir.scoring.registry;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The model in use, or the last one when there is none any more. A stream that is about to stop
 * scores its last records with it: records that pass without a score would be lost for the next
 * model.
 */
public final class LastModel implements Registry {
  private final Registry models;
  private volatile @Nullable LoadedModel last;

  public LastModel(Registry models) {
    this.models = models;
    this.last = models.current().orElse(null);
  }

  @Override
  public Optional<LoadedModel> current() {
    models.current().ifPresent(found -> last = found);
    return Optional.ofNullable(last);
  }

  @Override
  public Optional<String> problem() {
    return models.problem();
  }

  @Override
  public void refresh() {
    models.refresh();
  }
}
