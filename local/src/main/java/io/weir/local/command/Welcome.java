package io.weir.local.command;

import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Service;
import io.weir.local.terminal.Display;
import java.util.List;
import java.util.Locale;

/** What to open, and what to try, once everything runs. */
final class Welcome {
  private Welcome() {}

  static void print(Catalogue catalogue, Display display) {
    String stream = catalogue.address(Service.STREAM);
    String database = "psql postgresql://weir@127.0.0.1:" + catalogue.ports().postgres() + "/weir";
    display.line("");
    display.line("Weir runs. Open:");
    place(display, stream + "/", "visitors and sessions, live");
    place(display, stream + "/v1/status", "received, accepted, rejected, lag");
    place(display, catalogue.address(Service.SCORING) + "/v1/model", "the model in use");
    place(display, database, "gold.session_metrics, gold.session_scores");
    place(display, catalogue.home().warehouse().toString(), "Iceberg tables: bronze.*, silver.*");
    for (Service service : List.of(Service.STREAM, Service.SINK, Service.SCORING)) {
      place(display, catalogue.address(service) + "/metrics", "Prometheus, " + service.title());
    }
    display.line("Try in another terminal:");
    display.line("  ./weir sql \"SELECT device, count(*) FROM silver.sessions GROUP BY 1\"");
    display.line("  ./weir status");
    display.line("  ./weir logs stream -f");
    display.line("Ctrl-C stops everything in order; the data stays. --fresh begins anew.");
    display.line("");
  }

  private static void place(Display display, String address, String what) {
    display.line(String.format(Locale.ROOT, "  %-52s %s", address, what));
  }
}
