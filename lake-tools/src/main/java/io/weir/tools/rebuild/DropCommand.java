package io.weir.tools.rebuild;

import io.weir.process.StartupException;
import io.weir.tools.settings.ToolSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code gold drop}: deletes the side of a rebuild that gold does not have. */
@Command(
    name = "drop",
    description = {
      "Deletes a rebuild: its topics, its group and its schema. After a switch it deletes the former",
      "application instead, and there is no way back. Without --yes it only says what it would do."
    },
    footer = {"", "Example: gold drop rebuild --yes"})
final class DropCommand implements Callable<Integer> {
  private final Supplier<ToolSettings> settings;

  @Mixin private RebuildOptions rebuild = new RebuildOptions();

  @Option(names = "--yes", description = "really deletes")
  private boolean isSure;

  DropCommand(Supplier<ToolSettings> settings) {
    this.settings = settings;
  }

  @Override
  public Integer call() throws SQLException {
    ToolSettings at = settings.get();
    RebuildName name = rebuild.name(at);
    try (var brokers = Brokers.connect(at.kafka());
        var gold = RebuiltGold.connect(at.postgres(), name)) {
      String application = unused(at, name, brokers, gold.connection());
      List<String> topics = topics(at, name, application, brokers);
      topics.forEach(each -> rebuild.say("topic " + each));
      rebuild.say("group " + application);
      rebuild.say("schema " + name.schema());
      brokers.alike(application).forEach(each -> rebuild.say("stays: topic " + each));
      if (!isSure) {
        rebuild.say("nothing is deleted; give --yes");
        return 0;
      }
      if (brokers.isRunning(application)) {
        throw new StartupException("stop the stream-app of " + application + " first");
      }
      brokers.delete(topics);
      brokers.deleteGroup(application);
      try (Statement statement = gold.connection().createStatement()) {
        // The schema goes last: it says which application is not used any more.
        statement.execute("DROP SCHEMA IF EXISTS " + name.schema() + " CASCADE");
      }
      gold.connection().commit();
      rebuild.say("deleted; delete the state folder of " + application + ", too");
      return 0;
    } catch (SQLException e) {
      throw RebuiltGold.failure(e);
    }
  }

  private static String unused(
      ToolSettings at, RebuildName name, Brokers brokers, Connection connection)
      throws SQLException {
    var takeOver = new TakeOver(at, name, brokers, connection);
    if (!takeOver.isDone()) {
      if (name.application().equals(at.application())) {
        throw new StartupException(name.application() + " is the live application");
      }
      if (!new RebuildNotes(connection, name).exists()) {
        throw new StartupException(
            "there is no rebuild "
                + name.name()
                + ": PostgreSQL has no schema "
                + name.schema()
                + " with its notes, so the topics of this prefix may be those of another Weir");
      }
      return name.application();
    }
    if (takeOver.former().isPresent() && !takeOver.isFinished()) {
      throw new StartupException("run gold switch " + name.name() + " to its end first");
    }
    return takeOver
        .former()
        .orElseThrow(
            () -> new StartupException("nothing is left of what gold had before " + name.name()));
  }

  /** The topics of the rebuild, which no application reads after a switch, and the changelogs. */
  private static List<String> topics(
      ToolSettings at, RebuildName name, String application, Brokers brokers) {
    Set<String> existing = brokers.ask(admin -> admin.listTopics().names());
    var found = new ArrayList<String>();
    name.topics(at, 1).all().forEach(each -> found.add(each.name()));
    found.addAll(brokers.state(application));
    found.retainAll(existing);
    return found;
  }
}
