package io.weir.stream;

import io.weir.process.Settings;
import io.weir.process.StartupException;
import java.time.Clock;
import java.util.List;

/** Runs the service, or {@code sessions}: the sessions of a file. */
public final class Main {
  private static final int UNUSABLE = 2;

  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    try {
      System.exit(run(List.of(args)));
    } catch (StartupException e) {
      System.err.println("stream-app: " + e.getMessage());
      System.exit(UNUSABLE);
    }
  }

  private static int run(List<String> args) throws InterruptedException {
    if (args.isEmpty()) {
      return serve(StreamConfig.from(Settings.ofProcess()));
    }
    if (args.getFirst().equals("sessions")) {
      return OfflineSessions.run(OfflineArguments.parse(args.subList(1, args.size())));
    }
    throw new StartupException(
        "without arguments it is the service; else " + OfflineArguments.USAGE);
  }

  private static int serve(StreamConfig config) throws InterruptedException {
    try (StreamService service = new StreamFactory(config, Clock.systemUTC()).create()) {
      Runtime.getRuntime().addShutdownHook(new Thread(service::close, "shutdown"));
      service.start();
      return service.await();
    }
  }
}
