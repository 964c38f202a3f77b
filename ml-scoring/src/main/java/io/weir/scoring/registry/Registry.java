package io.weir.scoring.registry;

import java.util.Optional;

/** Where the model to score with comes from. Safe for use by many threads. */
public interface Registry {
  /** The newest model that could be loaded, if there was ever one; cheap. */
  Optional<LoadedModel> current();

  /** Why the newest offer is not in use, in one line for the operator, if something is wrong. */
  Optional<String> problem();

  /** Looks for a newer model and changes to it. Never fails: what is wrong becomes a problem. */
  void refresh();
}
