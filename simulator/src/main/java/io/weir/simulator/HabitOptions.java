package io.weir.simulator;

import io.weir.process.StartupException;
import io.weir.simulator.visit.Habits;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The options of what people do beside walking through the shop. */
final class HabitOptions {
  @Option(
      names = "--reloads",
      description = "Share of purchases whose page of thanks is loaded twice (default: 0.05).")
  private double reloads = Habits.USUAL.reloads();

  @Option(
      names = "--refunds",
      description = "Share of purchases that are partly paid back (default: 0.05).")
  private double refunds = Habits.USUAL.refunds();

  @Option(
      names = "--internal",
      description = {
        "Share of visitors from the shop's own network 192.0.2.0/24 (default: 0).",
        "stream-app must reject it: WEIR_STREAM_INTERNAL_NETWORKS."
      })
  private double internal = Habits.USUAL.internal();

  @Option(names = "--apps", description = "Number of apps, 1 to 3 (default: 2).")
  private int apps = Habits.USUAL.apps();

  @Option(
      names = "--disguised-bots",
      description = {
        "Share of the bots that name a person's browser (default: 0).",
        "Their behaviour tells: equal pauses between 20 page views and more."
      })
  private double disguised = Habits.USUAL.disguised();

  @Option(
      names = "--ad-appeal",
      description = {
        "How much ads and their places differ in clicks, 0 to 1 (default: 0).",
        "With 1, one impression in twenty is clicked."
      })
  private double appeal = Habits.USUAL.appeal();

  @Option(
      names = "--pause",
      description = "So long before --until, nobody visits for an hour (default: never).")
  private Duration pause = Duration.ofMillis(Habits.USUAL.pause());

  Habits habits() {
    try {
      return new Habits(reloads, refunds, internal, apps, disguised, appeal, pause.toMillis());
    } catch (IllegalArgumentException e) {
      throw new StartupException("--" + e.getMessage(), e);
    }
  }
}
