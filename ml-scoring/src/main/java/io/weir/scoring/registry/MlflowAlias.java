package io.weir.scoring.registry;

import java.net.URI;

/**
 * The alias of a registered model that the service follows.
 *
 * @param address of the MLflow server
 * @param model the registered model's name
 */
public record MlflowAlias(URI address, String model, String alias) {
  /** Does not print the address, which may hold a password. */
  @Override
  public String toString() {
    return model + "@" + alias;
  }
}
