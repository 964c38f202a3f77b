package io.weir.local.command;

import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Service;
import io.weir.local.terminal.Display;

/** What to look at once everything runs, and why, in the order a newcomer should. */
final class Welcome {
  private static final String QUESTION =
      "SELECT device, count(*), avg(is_converted::int) FROM silver.sessions GROUP BY 1";
  private final Display display;
  private final String weirOptions;
  private int number;

  private Welcome(Display display, String weirOptions) {
    this.display = display;
    this.weirOptions = weirOptions;
  }

  /**
   * @param weirOptions what other commands must be given to find this demo, with a space before it
   */
  static void print(Catalogue catalogue, Display display, String weirOptions) {
    new Welcome(display, weirOptions).print(catalogue);
  }

  private void print(Catalogue catalogue) {
    String stream = catalogue.address(Service.STREAM);
    display.line("");
    display.line(display.style().bold("Weir runs.") + " Look at it in this order:");
    item("The shop, live: who is there, and sessions as they close", stream + "/");
    item(
        "Which devices buy? Ask the lake, from a second terminal",
        "./weir sql" + weirOptions + " \"" + QUESTION + "\"");
    item(
        "Every session and its score, for a BI tool: gold.session_metrics, gold.session_scores",
        "psql postgresql://weir@127.0.0.1:" + catalogue.ports().postgres() + "/weir");
    item(
        "Sessions over REST; one visitor with pages and score at /v1/visitors/ID",
        "curl " + stream + "/v1/sessions/recent");
    display.line("");
    display.line("More: ./weir status, ./weir logs stream -f, ./weir train, ./weir --help");
    display.line("Ctrl-C stops everything in order; the data stay. --fresh begins anew.");
    display.line("");
  }

  private void item(String why, String what) {
    number++;
    display.line("  " + display.style().dim(number + "  " + why));
    display.line("     " + what);
  }
}
