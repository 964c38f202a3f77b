package io.weir.benchmarks.scoring;

import io.weir.benchmarks.queries.HttpConnection;
import io.weir.benchmarks.queries.HttpConnection.HttpReply;
import io.weir.benchmarks.queries.PacedThreads;
import java.io.IOException;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A thread that asks for scores with reasons over a connection of its own. */
final class ScoreQuestion implements PacedThreads.Action {
  private static final int OK = 200;

  private final int port;
  private final Random random;
  private @Nullable HttpConnection connection;

  ScoreQuestion(int port, long seed) {
    this.port = port;
    this.random = new Random(seed);
  }

  @Override
  public void run(long number) throws IOException {
    HttpConnection open = connection;
    if (open == null) {
      open = HttpConnection.open(port);
      connection = open;
    }
    HttpReply reply = open.post("/v1/score", features());
    if (reply.status() != OK) {
      throw new IOException("no score: " + reply);
    }
  }

  private String features() {
    return String.format(
        Locale.ROOT,
        """
        {"events":%d,"duration_ms":%d,"page_views":%d,"product_views":%d,"searches":%d,\
        "add_to_carts":%d,"unique_pages":%d,"start_hour_utc":%d,"visitor_session_number":%d,\
        "device":"mobile","browser":"chrome","os":"android","country":"de",\
        "referrer_class":"search"}\
        """,
        1 + random.nextInt(50),
        random.nextInt(1_800_000),
        random.nextInt(20),
        random.nextInt(20),
        random.nextInt(3),
        random.nextInt(4),
        1 + random.nextInt(20),
        random.nextInt(24),
        1 + random.nextInt(9));
  }
}
