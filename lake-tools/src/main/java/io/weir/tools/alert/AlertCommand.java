package io.weir.tools.alert;

import io.weir.process.OrderlyEnd;
import io.weir.process.StartupException;
import io.weir.process.Stop;
import io.weir.process.TimeText;
import io.weir.tools.settings.AlertSettings;
import io.weir.tools.settings.ToolSettings;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code alert}: rehearses a rule of alerts over history, or runs all rules live. */
@Command(
    name = "alert",
    description = {
      "test RULE: says when a rule would have fired, over the history in gold.",
      "run: decides all rules and calls the receiver, until it is stopped."
    },
    footer = {
      "",
      "See docs/alerts.md for the file of rules and the signature of calls.",
      "",
      "Example: alert test few_orders --since 30d --file alerts.json"
    })
public final class AlertCommand implements Callable<Integer> {
  private static final int LEAST_SECRET = 16;

  /** The SQL states of a missing table, column and schema. */
  private static final Set<String> MISSING = Set.of("42P01", "42703", "3F000");

  private final Supplier<ToolSettings> settings;
  private final Clock clock;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "test|run", description = "what to do")
  private String action = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "RULE",
      description = "with test: name of a rule in the file")
  private String name = "";

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "with test: 30d (the default), 2026-03-01 or 2026-03-01T12:00:00Z")
  private String since = "30d";

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "file of the rules; default: WEIR_ALERT_FILE, or alerts.json")
  private @Nullable Path file;

  @Option(names = "--once", description = "with run: one pass, then end")
  private boolean isOnce;

  public AlertCommand(Supplier<ToolSettings> settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Integer call() throws InterruptedException {
    ToolSettings current = settings.get();
    List<AlertRule> rules = RuleFile.read(file == null ? current.alerts().file() : file);
    try {
      return switch (action) {
        case "test" -> rehearse(current, named(rules));
        case "run" -> live(current, rules);
        default -> throw new StartupException("alert " + action + " is none of test, run");
      };
    } catch (SQLException e) {
      throw new StartupException(
          MISSING.contains(String.valueOf(e.getSQLState()))
              ? "PostgreSQL has no tables of alerts yet; start lake-sink of this version once"
              : "gold cannot be read: " + e.getMessage() + "; see WEIR_POSTGRES_…",
          e);
    }
  }

  private AlertRule named(List<AlertRule> rules) {
    return rules.stream()
        .filter(rule -> rule.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new StartupException(
                "RULE "
                    + name
                    + " is none of "
                    + String.join(", ", rules.stream().map(AlertRule::name).toList())));
  }

  private int rehearse(ToolSettings current, AlertRule rule) throws SQLException {
    Instant from = TimeText.parse("--since", since, clock);
    PrintWriter out = spec.commandLine().getOut();
    try (Connection connection = current.postgres().connect()) {
      new Rehearsal(connection, current.quartersKept(), clock).print(rule, from, out);
    }
    out.flush();
    return 0;
  }

  private int live(ToolSettings current, List<AlertRule> rules)
      throws SQLException, InterruptedException {
    AlertSettings alerts = current.alerts();
    rules.forEach(rule -> rule.checkAgainst(current.quartersKept()));
    try (var webhook = new Webhook(url(alerts), secret(alerts), clock)) {
      var runner =
          new AlertRunner(current.postgres(), current.quartersKept(), rules, webhook, clock);
      // The first pass decides whether the command is usable, so a failure ends it.
      runner.pass(new Stop());
      if (isOnce) {
        return 0;
      }
      spec.commandLine().getOut().println(rules.size() + " rules run; Ctrl-C ends them");
      spec.commandLine().getOut().flush();
      return OrderlyEnd.run(stop -> {
        try {
          runner.run(alerts.interval(), stop);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        return 0;
      });
    }
  }

  private static URI url(AlertSettings alerts) {
    String text = alerts.url().orElse("");
    try {
      URI url = URI.create(text);
      if (("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
          && url.getHost() != null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      throw new StartupException("WEIR_ALERT_URL is no URL such as https://example.com/hook", e);
    }
    throw new StartupException("WEIR_ALERT_URL is no URL such as https://example.com/hook");
  }

  private static String secret(AlertSettings alerts) {
    String secret = alerts.secret().orElse("");
    if (secret.length() < LEAST_SECRET) {
      throw new StartupException(
          "WEIR_ALERT_SECRET must have at least " + LEAST_SECRET + " characters");
    }
    return secret;
  }
}
