package io.weir.scoring.registry;

import java.util.Optional;

/** A source of models. Many threads may use it. */
public interface Registry {
  /** The newest model that could be loaded; empty if there was none yet. Cheap. */
  Optional<LoadedModel> current();

  /**
   * The reason why the newest model is not in use, in one line for the operator; empty if all is
   * well.
   */
  Optional<String> problem();

  /** Looks for a newer model and changes to it. It never fails: a failure becomes a problem. */
  void refresh();
}
