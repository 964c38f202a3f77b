package io.weir.tools.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.weir.lake.gold.GoldTable;
import io.weir.lake.gold.GoldTables;
import io.weir.lake.table.LakeTables;
import io.weir.lake.table.TableSpec;
import io.weir.process.StartupException;
import io.weir.process.access.KafkaNames;
import io.weir.process.tls.PeerTrust;
import io.weir.tools.doctor.Finding.Level;
import io.weir.tools.settings.ToolSettings;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code doctor}: looks at a deployment and says what is wrong and what to do. */
@Command(
    name = "doctor",
    description = {
      "Looks at brokers, topics, rights, lag, PostgreSQL, the lake, clocks, disks and services,",
      "and says what is wrong and what to do. It changes nothing."
    },
    footer = {
      "",
      "Exit codes: 0 nothing is broken, 1 something is, 2 it could not begin.",
      "",
      "Example: doctor --url http://127.0.0.1:8180 --url http://127.0.0.1:8181"
    })
public final class DoctorCommand implements Callable<Integer> {
  private static final String SINK = "lake-sink";
  private static final String SCORING = "ml-scoring";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BROKER_SECONDS = 15;
  private static final Duration WATCHED = Duration.ofSeconds(3);

  /** The services commit each second or so. */
  private static final Duration ALLOWED = Duration.ofSeconds(30);

  /** Written together with the table of what was retracted. */
  private static final Set<TableSpec> OF_OTHERS =
      Set.of(
          LakeTables.RETRACTED_SESSIONS,
          LakeTables.RETRACTED_SCORES,
          LakeTables.RETRACTED_RETURN_SCORES);

  private final Supplier<ToolSettings> settings;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "the address of a service to ask as well, with http:// or https://; may be repeated")
  private List<String> urls = List.of();

  @Option(names = "--json", description = "one JSON array of all that was seen")
  private boolean json;

  public DoctorCommand(Supplier<ToolSettings> settings) {
    this.settings = settings;
  }

  @Override
  public Integer call() throws InterruptedException, JsonProcessingException {
    ToolSettings current = settings.get();
    List<Finding> seen = look(current, urls.stream().map(ServiceUrl::of).toList());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(document(seen));
    } else {
      print(seen, out);
    }
    out.flush();
    return seen.stream().anyMatch(each -> each.level() == Level.FAIL) ? 1 : 0;
  }

  private static List<Finding> look(ToolSettings current, List<ServiceUrl> services)
      throws InterruptedException {
    var checks = new ArrayList<Check>();
    checks.add(new PostgresCheck(current.postgres(), current.siteZone()));
    checks.add(new LakeCheck(current.lake()));
    PeerTrust trust = services.isEmpty() ? PeerTrust.usual() : current.httpTrust();
    try (HttpClient client = trust.client().build()) {
      for (ServiceUrl url : services) {
        checks.add(new ServiceCheck(client, url, current.httpKey(), ServiceCheck.PATIENCE));
      }
      try {
        current.kafka().check(BROKER_SECONDS);
      } catch (StartupException e) {
        var seen = new ArrayList<Finding>();
        seen.add(
            Finding.fail(
                "kafka", String.valueOf(e.getMessage()), "topics and lag were not looked at"));
        seen.addAll(Doctor.look(checks));
        return seen;
      }
      try (Admin admin = current.kafka().admin()) {
        var all = new ArrayList<Check>();
        all.add(new KafkaCheck(admin, current.topics(), current.rights()));
        all.addAll(groups(admin, current));
        all.addAll(checks);
        return Doctor.look(all);
      }
    }
  }

  private static List<Check> groups(Admin admin, ToolSettings current) {
    var groups = new ArrayList<Check>();
    groups.add(new GroupCheck(admin, "stream-app", current.application(), ALLOWED, WATCHED));
    String scoring = KafkaNames.scoringApplication(current.prefix());
    groups.add(new GroupCheck(admin, SCORING, scoring, ALLOWED, WATCHED));
    for (String side : KafkaNames.sideApplications(current.prefix())) {
      groups.add(new SideGroupCheck(new GroupCheck(admin, SCORING, side, ALLOWED, WATCHED)));
    }
    Duration rolled = current.rollInterval();
    for (TableSpec table : LakeTables.all()) {
      if (!OF_OTHERS.contains(table)) {
        // Such a table is written once in a while, and only then its group moves.
        String group = KafkaNames.sinkGroup(current.prefix(), table.name());
        groups.add(new GroupCheck(admin, SINK, group, ALLOWED.plus(rolled), rolled.plus(WATCHED)));
      }
    }
    for (GoldTable<?> table : GoldTables.ALL) {
      boolean isOfStreams = table.equals(GoldTables.CELLS);
      String service = isOfStreams ? "stream-app, then " + SINK : SINK;
      String group = KafkaNames.sinkGroup(current.prefix(), table.view());
      groups.add(new GroupCheck(admin, service, group, ALLOWED, WATCHED));
    }
    return groups;
  }

  private static void print(List<Finding> seen, PrintWriter out) {
    for (Finding each : seen) {
      out.printf(
          Locale.ROOT,
          "%-4s  %-16s  %s%n",
          each.level().name().toLowerCase(Locale.ROOT),
          each.part(),
          each.sentence());
      if (!each.action().isEmpty()) {
        out.printf(Locale.ROOT, "%-4s  %-16s  -> %s%n", "", "", each.action());
      }
    }
    out.printf(
        Locale.ROOT,
        "%d ok, %d warnings, %d broken%n",
        count(seen, Level.OK),
        count(seen, Level.WARN),
        count(seen, Level.FAIL));
  }

  private static long count(List<Finding> seen, Level level) {
    return seen.stream().filter(each -> each.level() == level).count();
  }

  private static String document(List<Finding> seen) throws JsonProcessingException {
    ArrayNode array = JSON.createArrayNode();
    for (Finding each : seen) {
      array
          .addObject()
          .put("level", each.level().name().toLowerCase(Locale.ROOT))
          .put("part", each.part())
          .put("text", each.sentence())
          .put("action", each.action());
    }
    return JSON.writeValueAsString(array);
  }
}
