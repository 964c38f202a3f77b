package io.weir.process;

/** The settings of a service that are about its log. */
public final class LogSettings {
  private LogSettings() {}

  /** Takes them over, or fails with the one that is wrong. */
  public static void use(Settings settings) {
    LogFormat.require(settings);
    LogVisitor.use(settings);
  }
}
