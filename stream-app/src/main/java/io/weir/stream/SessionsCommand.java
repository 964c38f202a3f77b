package io.weir.stream;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code sessions}: the sessions of a file of raw events, without Kafka. */
@Command(
    name = "sessions",
    mixinStandardHelpOptions = true,
    description = "Writes the sessions of a file of raw events, by the rules of the service.")
final class SessionsCommand implements Callable<Integer> {
  @Option(
      names = "--events",
      required = true,
      paramLabel = "FILE",
      description = "JSON lines, plain or .gz")
  private Path events = Path.of("");

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "an Avro file")
  private Path out = Path.of("");

  @Option(
      names = "--accepted",
      paramLabel = "FILE",
      description = "Also the accepted events, each once: an Avro file.")
  private @Nullable Path accepted;

  @Override
  public Integer call() {
    return OfflineSessions.run(events, out, Optional.ofNullable(accepted));
  }
}
