package io.weir.tools.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** The options that change each value. */
final class FixOptions {
  @Option(
      names = "--rename",
      paramLabel = "OLD=NEW",
      description =
          "move a value, for example ts=event_time or products[*].sku=products[*].product_id")
  private List<String> renames = new ArrayList<>();

  @Option(
      names = "--cast",
      paramLabel = "PATH=string|number",
      description = "for example value=number or products[*].price=number")
  private List<String> casts = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description =
          "VALUE is JSON where it can be read as such, else text: currency=EUR, value=9.90")
  private List<String> sets = new ArrayList<>();

  @Option(names = "--drop", paramLabel = "PATH", description = "remove a value")
  private List<String> drops = new ArrayList<>();

  Fixes fixes() {
    var fixes = new ArrayList<Fix>();
    add(fixes, renames, FixParser::rename);
    add(fixes, casts, FixParser::cast);
    add(fixes, sets, FixParser::put);
    add(fixes, drops, FixParser::drop);
    return new Fixes(fixes);
  }

  private static void add(List<Fix> fixes, List<String> texts, Function<String, Fix> parser) {
    for (String text : texts) {
      fixes.add(parser.apply(text));
    }
  }
}
