package io.weir.stream.query.http;

import io.micronaut.context.ApplicationContext;
import io.micronaut.http.server.exceptions.ServerStartupException;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.serde.ObjectMapper;
import io.weir.process.StartupException;
import io.weir.stream.query.cluster.Survey.AnswerReader;
import java.net.URL;
import java.util.Map;

/** The HTTP server and the parts its controllers ask for. */
public final class QueryServer implements AutoCloseable {
  private final ApplicationContext context;
  private final EmbeddedServer server;

  private QueryServer(ApplicationContext context) {
    this.context = context;
    this.server = context.getBean(EmbeddedServer.class);
  }

  /** Creates the server. Nothing listens until {@link #start}. */
  public static QueryServer create(String host, int port) {
    return new QueryServer(
        ApplicationContext.builder()
            .properties(Map.of("micronaut.server.host", host, "micronaut.server.port", port))
            .banner(false)
            .start());
  }

  /** Hands parts to the controllers, which ask for them by type. */
  public void register(Object... parts) {
    for (Object part : parts) {
      context.registerSingleton(part);
    }
  }

  /** The reader of other instances' answers, which uses the server's JSON. */
  public AnswerReader answerReader() {
    return new JsonAnswers(context.getBean(ObjectMapper.class));
  }

  public void start() {
    try {
      server.start();
    } catch (ServerStartupException e) {
      throw new StartupException(
          "the port is taken or not allowed ("
              + e.getMessage()
              + "); set WEIR_STREAM_PORT to a free one",
          e);
    }
  }

  public boolean isRunning() {
    return server.isRunning();
  }

  public URL url() {
    return server.getURL();
  }

  @Override
  public void close() {
    context.close();
  }
}
