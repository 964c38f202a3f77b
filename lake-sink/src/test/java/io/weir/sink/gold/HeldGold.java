package io.weir.sink.gold;

import io.weir.contract.AvroSerde;
import io.weir.lake.gold.GoldTables;
import io.weir.sink.TestSink;
import io.weir.sink.loop.SinkLoop;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * A process that writes {@code gold.session_metrics}. After it has read its first records it prints
 * {@link #HOLDS} and waits for a line. After its attempt to write them it prints {@link #WENT_ON}.
 */
final class HeldGold {
  static final String HOLDS = "HOLDS RECORDS";
  static final String WENT_ON = "WENT ON";

  private static boolean hasHeld;

  private HeldGold() {}

  public static void main(String[] arguments) {
    TestSink factory = TestSink.ofProcess();
    var loop =
        new SinkLoop(
            factory.gold(
                GoldTables.SESSION_METRICS, factory.topics().sessions(), AvroSerde.session()),
            holding(factory.consumer("session_metrics")));
    loop.start();
    while (!hasHeld) {
      loop.doWork();
    }
    System.out.println(WENT_ON);
    while (!Thread.currentThread().isInterrupted()) {
      loop.doWork();
    }
  }

  @SuppressWarnings("unchecked")
  private static Consumer<byte[], byte[]> holding(Consumer<byte[], byte[]> real) {
    return (Consumer<byte[], byte[]>)
        Proxy.newProxyInstance(
            HeldGold.class.getClassLoader(),
            new Class<?>[] {Consumer.class},
            (_, method, given) -> {
              try {
                Object result = method.invoke(real, given);
                if (result instanceof ConsumerRecords<?, ?> records && !records.isEmpty()) {
                  hold();
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
            });
  }

  private static void hold() throws IOException {
    if (!hasHeld) {
      hasHeld = true;
      System.out.println(HOLDS);
      int read = System.in.read();
      if (read < 0) {
        throw new IOException("the test did not let this process continue");
      }
    }
  }
}
