package io.weir.sink;

import io.weir.testkit.RealBroker;
import io.weir.testkit.RealPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One broker and one PostgreSQL for all integration tests; each test has a {@link Lake} in it. */
public final class Servers implements ParameterResolver {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(Servers.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Lake.class;
  }

  @Override
  public Lake resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Running running =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .computeIfAbsent(Running.class, _ -> Running.start(), Running.class);
    Lake lake = Lake.create(running.broker, running.postgres, running.migrated, running.folder);
    context.getStore(NAMESPACE).put(lake, lake);
    return lake;
  }

  private record Running(
      Path folder, RealBroker broker, RealPostgres postgres, MigratedDatabase migrated)
      implements AutoCloseable {
    static Running start() {
      try {
        Path folder = Files.createTempDirectory("lake-sink");
        RealPostgres postgres = RealPostgres.start(folder.resolve("postgres"));
        return new Running(
            folder,
            RealBroker.start(folder.resolve("kafka")),
            postgres,
            new MigratedDatabase(postgres));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      broker.close();
      postgres.close();
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
  }
}
