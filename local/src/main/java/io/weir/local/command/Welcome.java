package io.weir.local.command;

import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Service;
import io.weir.local.terminal.Display;
import java.util.List;

/** The first screen of a demo: what to look at, and why, in a good order for newcomers. */
final class Welcome {
  /** A query in two lines, for narrow terminals; a shell and SQL accept it like this. */
  private static final List<String> QUESTION =
      List.of("SELECT referrer_class, avg(is_converted::int)", "FROM silver.sessions GROUP BY 1");

  private final Catalogue catalogue;
  private final Display display;
  private final String weirOptions;
  private int number;

  /**
   * A welcome.
   *
   * @param weirOptions the options that other commands need to find this demo, with a space before
   *     them
   */
  Welcome(Catalogue catalogue, Display display, String weirOptions) {
    this.catalogue = catalogue;
    this.display = display;
    this.weirOptions = weirOptions;
  }

  /** Prints the screen of a demo with simulated visitors. */
  void printShop() {
    heading("Look at it in this order:");
    page("The shop, live: current visitors, and sessions as they close");
    lake();
    gold();
    rest();
    item(
        "Your own data instead of the shop's, which --fresh deletes",
        "./weir demo --empty --fresh"
            + weirOptions
            + ", then ./weir ingest"
            + weirOptions
            + " access.log.gz");
    footer();
  }

  /** Prints the screen of a demo without visitors, which waits for the user's own data. */
  void printEmpty() {
    heading("It is empty and accepts events of any age. In a second terminal:");
    item(
        "How would your file be read? Log, CSV, JSON lines, GA4, Segment, Snowplow",
        "./weir ingest" + weirOptions + " --dry-run access.log.gz");
    item("Send it", "./weir ingest" + weirOptions + " access.log.gz");
    page("Watch its visitors and sessions");
    lake();
    gold();
    footer();
  }

  private void heading(String text) {
    display.line("");
    display.line(display.style().bold("Weir runs.") + " " + text);
  }

  private void page(String why) {
    item(why, catalogue.address(Service.STREAM) + "/");
  }

  private void lake() {
    item(
        "Which channel brings buyers? Ask the lake, from a second terminal",
        "./weir sql" + weirOptions + " \"" + QUESTION.getFirst());
    display.line("       " + QUESTION.getLast() + "\"");
  }

  private void gold() {
    item(
        "For a BI tool: gold.session_metrics, gold.session_scores",
        "psql postgresql://weir@127.0.0.1:" + catalogue.ports().postgres() + "/weir");
  }

  private void rest() {
    item(
        "Sessions over REST; /v1/visitors/ID tells all about one visitor",
        "curl " + catalogue.address(Service.STREAM) + "/v1/sessions/recent");
  }

  private void item(String why, String what) {
    number++;
    display.line("  " + display.style().dim(number + "  " + why));
    display.line("     " + what);
  }

  private void footer() {
    String with = weirOptions.isEmpty() ? "" : ", each with" + weirOptions;
    display.line("");
    display.line("More" + with + ": ./weir status, ./weir logs stream -f, ./weir --help");
    display.line("Ctrl-C stops everything in order; the data stay. --fresh begins anew.");
    display.line("");
  }
}
