package io.weir.local.platform;

import io.weir.local.process.Port;
import io.weir.local.process.PortOwner;
import io.weir.local.process.ProcessCommand;
import io.weir.process.StartupException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The loopback ports of one platform. */
public record Ports(int kafka, int controller, int postgres, int stream, int sink, int scoring) {

  /** Ports that are free now. */
  public static Ports free() {
    return new Ports(Port.free(), Port.free(), Port.free(), Port.free(), Port.free(), Port.free());
  }

  /** The same with another broker. */
  public Ports withKafka(int port) {
    return new Ports(port, controller, postgres, stream, sink, scoring);
  }

  /** The port of a service; the simulator has none. */
  public int of(Service service) {
    return switch (service) {
      case BROKER -> kafka;
      case POSTGRES -> postgres;
      case STREAM -> stream;
      case SINK -> sink;
      case SCORING -> scoring;
      case SIMULATOR -> 0;
    };
  }

  /** Fails with one line per port that another program holds, or that two services would share. */
  public void checkFree() {
    var problems = new ArrayList<String>();
    Set<Integer> seen = new HashSet<>();
    for (Service service : List.of(Service.values())) {
      int port = of(service);
      if (port == 0) {
        continue;
      }
      if (!seen.add(port)) {
        problems.add("port " + port + " is given twice: change " + service.portOption());
      } else if (Port.isTaken(port)) {
        problems.add(taken(service, port));
      }
    }
    if (!problems.isEmpty()) {
      throw new StartupException(String.join(System.lineSeparator(), problems));
    }
  }

  private static String taken(Service service, int port) {
    String owner =
        PortOwner.ofSystem()
            .pid(port)
            .map(pid -> "pid " + pid + ", " + ProcessCommand.brief(ProcessCommand.of(pid), 120))
            .orElse("owner unknown");
    return "port "
        + port
        + " is in use ("
        + owner
        + "): end it, or choose another with "
        + service.portOption();
  }
}
