package io.weir.local.command;

import io.weir.local.platform.Ports;
import io.weir.local.process.Port;
import picocli.CommandLine.Option;

/** The ports of the demo, all on the loopback address. */
final class PortOptions {
  @Option(
      names = "--kafka-port",
      defaultValue = "9192",
      paramLabel = "N",
      description = "Broker (default ${DEFAULT-VALUE}).")
  private int kafka;

  @Option(
      names = "--postgres-port",
      defaultValue = "5532",
      paramLabel = "N",
      description = "PostgreSQL (default ${DEFAULT-VALUE}).")
  private int postgres;

  @Option(
      names = "--stream-port",
      defaultValue = "8180",
      paramLabel = "N",
      description = "stream-app: page, REST, metrics (default ${DEFAULT-VALUE}).")
  private int stream;

  @Option(
      names = "--sink-port",
      defaultValue = "8181",
      paramLabel = "N",
      description = "lake-sink: health, metrics (default ${DEFAULT-VALUE}).")
  private int sink;

  @Option(
      names = "--scoring-port",
      defaultValue = "8182",
      paramLabel = "N",
      description = "ml-scoring: REST, metrics (default ${DEFAULT-VALUE}).")
  private int scoring;

  Ports ports() {
    return new Ports(kafka, Port.free(), postgres, stream, sink, scoring);
  }
}
