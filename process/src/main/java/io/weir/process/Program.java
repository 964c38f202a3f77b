package io.weir.process;

import java.util.List;
import java.util.Map;

/**
 * The command line of a service, for a program that has the classes of the service on its class
 * path and finds it with a {@link java.util.ServiceLoader}. A second Java process is not needed.
 */
public interface Program {

  /** The name of the service, for example {@code lake-sink}. */
  String name();

  /** Runs one command to its end with these variables as its environment; the exit code. */
  int run(Map<String, String> environment, List<String> arguments);
}
