package io.weir.tools.replay;

import io.weir.process.StartupException;
import io.weir.tools.replay.StoredRecord.NamedBytes;
import io.weir.tools.settings.ToolSettings;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code rejected show}: prints one whole record. */
@Command(
    name = "show",
    description = {
      "Prints one whole record; bytes as text if they are UTF-8, otherwise as 0x….",
      "Exit code 1 if there is no such record."
    })
final class RejectedShowCommand implements Callable<Integer> {
  private static final int NONE = 1;

  private final Supplier<ToolSettings> settings;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "PARTITION:OFFSET",
      description = "the record's place in the raw topic, for example 3:1042")
  private String place = "";

  @Option(names = "--topic", description = "needed if the table has records of several raw topics")
  private @Nullable String topic;

  RejectedShowCommand(Supplier<ToolSettings> settings) {
    this.settings = settings;
  }

  private record Place(int partition, long offset) {
    static Place parse(String text) {
      int colon = text.indexOf(':');
      try {
        return new Place(
            Integer.parseInt(text.substring(0, Math.max(0, colon))),
            Long.parseLong(text.substring(colon + 1)));
      } catch (NumberFormatException e) {
        throw new StartupException("'" + text + "' is not PARTITION:OFFSET, for example 3:1042", e);
      }
    }
  }

  @Override
  public Integer call() {
    Place at = Place.parse(place);
    List<Refused> found =
        RejectedCommand.ask(settings.get().lake(), table -> table.at(at.partition(), at.offset()));
    List<Refused> shown =
        found.stream()
            .filter(record -> topic == null || topic.equals(record.origin().topic()))
            .toList();
    if (shown.isEmpty()) {
      spec.commandLine().getErr().println("no refused record was at " + place);
      return NONE;
    }
    PrintWriter out = spec.commandLine().getOut();
    shown.forEach(record -> print(record, out));
    out.flush();
    return 0;
  }

  private static void print(Refused refused, PrintWriter out) {
    Origin origin = refused.origin();
    out.println("reason     " + refused.summary().reason());
    out.println("detail     " + BytesText.visible(refused.summary().detail()));
    out.println("topic      " + origin.topic());
    out.println("partition  " + origin.partition());
    out.println("offset     " + origin.offset());
    out.println("appended   " + origin.appendTime());
    for (NamedBytes header : refused.record().headers()) {
      String name = BytesText.visible(header.name());
      out.println("header     " + name + " = " + BytesText.of(header.value()));
    }
    if (refused.isCut()) {
      out.println("cut        large parts have their ends only; bronze.raw_events has the whole");
    }
    out.println("key        " + BytesText.of(refused.record().key()));
    out.println("value      " + BytesText.of(refused.record().value()));
  }
}
