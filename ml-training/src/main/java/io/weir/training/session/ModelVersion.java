package io.weir.training.session;

/** The names of the model that gave a score. */
public record ModelVersion(String name, String version) {
  @Override
  public String toString() {
    return name + " " + version;
  }
}
