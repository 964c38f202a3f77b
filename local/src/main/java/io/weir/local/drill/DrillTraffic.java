package io.weir.local.drill;

import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Service;
import io.weir.local.process.ProcessSpec;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * The events of a drill: so many in all, at most so many a second, of one seed. They lie more than
 * a day behind, so that what becomes of carts does not follow the clock.
 */
public record DrillTraffic(long events, double perSecond, long seed) {
  private static final String PATIENCE_MILLIS = "3600000";
  private static final int MEGABYTES = 512;
  private static final int BYTES_PER_EVENT = 1_000;

  /** The simulator, which writes the truth when it has sent everything. */
  ProcessSpec simulator(Catalogue catalogue, Path truth) {
    List<String> arguments =
        List.of(
            "run",
            "--seed=" + seed,
            "--events=" + events,
            "--pace=" + perSecond,
            "--history=48h",
            "--ending-before=26h",
            "--internal=0.01",
            "--apps=3",
            "--close",
            "--gold",
            "--truth=" + truth,
            "--target=kafka");
    ProcessSpec spec = catalogue.tool("simulator-drill", Service.SIMULATOR, arguments);
    var environment = new LinkedHashMap<>(spec.environment());
    // The default gives up after two minutes: on a slow machine a broker may be killed again
    // before.
    environment.put("WEIR_KAFKA_CLIENT_DELIVERY_TIMEOUT_MS", PATIENCE_MILLIS);
    environment.put("WEIR_KAFKA_CLIENT_MAX_BLOCK_MS", PATIENCE_MILLIS);
    return spec.withHeap(MEGABYTES + events * BYTES_PER_EVENT / (1 << 20))
        .withEnvironment(environment);
  }

  double seconds() {
    return events / perSecond;
  }
}
