package io.weir.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Ports;
import io.weir.local.process.Captured;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The steps that tests of rebuilds share: commands, the settings that they print, and waiting. */
final class RebuildTools {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Pattern SETTING = Pattern.compile("(WEIR_\\w+)=([\\w-]+)");
  private static final String LOG = "lake-tool";

  private RebuildTools() {}

  interface Condition {
    boolean holds() throws Exception;
  }

  static void await(Condition condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + PATIENCE);
      }
      Thread.sleep(200);
    }
  }

  static Captured run(Catalogue catalogue, String... arguments) throws InterruptedException {
    return Captured.of(catalogue.lakeTool(List.of(arguments)), catalogue.home().log(LOG));
  }

  /** Runs a command, which must end with the code, and returns what it printed. */
  static String output(int code, Catalogue catalogue, String... arguments)
      throws InterruptedException {
    Captured result = run(catalogue, arguments);
    assertThat(result.exitCode())
        .as(
            String.join(" ", arguments)
                + ": "
                + result.output()
                + catalogue.home().log(LOG).tail(5))
        .isEqualTo(code);
    return result.output();
  }

  static Map<String, String> settings(String printed) {
    var settings = new HashMap<String, String>();
    for (MatchResult each : SETTING.matcher(printed).results().toList()) {
      settings.put(each.group(1), each.group(2));
    }
    return settings;
  }

  /** The ports of services beside others, on the same servers. */
  static Ports beside(Ports live) {
    Ports own = Ports.free();
    return new Ports(
        live.kafka(), live.controller(), live.postgres(), own.stream(), own.sink(), own.scoring());
  }
}
