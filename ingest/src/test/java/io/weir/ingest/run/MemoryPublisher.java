package io.weir.ingest.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.process.StartupException;
import io.weir.process.kafka.EventPublisher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keeps delivered events in memory; can fail like a broker that goes away. */
final class MemoryPublisher implements EventPublisher {
  private static final Pattern ID = Pattern.compile("\"event_id\":\"([^\"]*)\"");

  private final List<String> delivered = new ArrayList<>();
  private int failsAfter = Integer.MAX_VALUE;

  void failAfter(int events) {
    failsAfter = events;
  }

  @Override
  public void publish(byte @Nullable [] key, byte[] value, int length) {
    if (delivered.size() >= failsAfter) {
      throw new StartupException("the broker is away");
    }
    delivered.add(new String(value, 0, length, UTF_8));
  }

  List<String> ids() {
    return delivered.stream().map(MemoryPublisher::id).toList();
  }

  private static String id(String event) {
    Matcher matcher = ID.matcher(event);
    return matcher.find() ? matcher.group(1) : "";
  }

  @Override
  public void idle() {}

  @Override
  public void flush() {}

  @Override
  public int partitions() {
    return 1;
  }

  @Override
  public void close() {}
}
