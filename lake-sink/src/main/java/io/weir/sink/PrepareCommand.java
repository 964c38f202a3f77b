package io.weir.sink;

import io.weir.contract.Topic;
import io.weir.lake.table.LakeTables;
import io.weir.process.TopicProvisioner;
import io.weir.process.access.AccessCatalogue;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Collection;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code prepare}: makes what the services need before they start, and ends. */
@Command(
    name = "prepare",
    description = {
      "Creates missing topics, migrates PostgreSQL, creates missing tables of the lake, and ends.",
      "Safe to repeat and beside running services; settings are WEIR_… variables."
    })
final class PrepareCommand implements Callable<Integer> {
  private final Supplier<SinkConfig> config;

  @Spec private CommandSpec spec = CommandSpec.create();

  PrepareCommand(Supplier<SinkConfig> config) {
    this.config = config;
  }

  @Override
  public Integer call() {
    SinkConfig current = config.get();
    PrintWriter out = spec.commandLine().getOut();
    Collection<Topic> topics = current.topics().all();
    TopicProvisioner.provision(
        current.kafka(),
        AccessCatalogue.preparation(current.topics()),
        topics,
        note -> say(out, note));
    say(out, "Kafka has all " + topics.size() + " topics");
    Stores.ensure(current, Clock.systemUTC(), note -> say(out, note));
    say(
        out,
        "PostgreSQL is at this version, the lake has all " + LakeTables.all().size() + " tables");
    return 0;
  }

  private static void say(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }
}
