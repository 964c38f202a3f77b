package io.weir.sink.gold;

import static io.weir.testkit.TestRecords.bytes;
import static io.weir.testkit.TestRecords.session;
import static io.weir.tools.erase.Forgotten.OTHER;
import static io.weir.tools.erase.Forgotten.VISITOR;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.AvroSerde;
import io.weir.contract.Topic;
import io.weir.lake.gold.GoldTables;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import io.weir.sink.TestSink;
import io.weir.sink.loop.SinkLoop;
import io.weir.sink.loop.Until;
import io.weir.testkit.TestJvm;
import io.weir.tools.erase.Forgotten;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Writers of gold that hold records while others take their partitions over. */
@ExtendWith(Servers.class)
class ZombieIT {

  @Test
  void frozenWriter_bringsNobodyBack_whoWasForgottenMeanwhile(Lake lake)
      throws IOException, InterruptedException {
    lake.set("WEIR_KAFKA_CLIENT_SESSION_TIMEOUT_MS", "6000");
    TestSink factory = lake.factory(Clock.systemUTC());
    Topic topic = lake.topics().sessions();
    lake.produce(topic, 0, visit("a", VISITOR), visit("b", OTHER));
    Process frozen = start(lake);
    try (BufferedReader said = frozen.inputReader(UTF_8)) {
      await(said, HeldGold.HOLDS);
      signal(frozen, "STOP");
      var other =
          new SinkLoop(
              factory.gold(GoldTables.SESSION_METRICS, topic, AvroSerde.session()),
              factory.consumer("session_metrics"));
      other.start();
      Until.holds(() -> keys(lake).equals("a,b"), other);
      assertThat(Forgotten.run(lake, 0, "--visitor", VISITOR)).contains("nothing found");

      signal(frozen, "CONT");
      goOn(frozen);
      await(said, HeldGold.WENT_ON);

      assertThat(keys(lake)).isEqualTo("b");
      lake.produce(topic, 0, visit("c", OTHER));
      Until.holds(() -> keys(lake).equals("b,c"), other);
      other.close();
    } finally {
      frozen.destroyForcibly().waitFor();
    }
  }

  private static byte[] visit(String key, String visitor) {
    return bytes(session(key, 0, change -> change.setVisitorId(visitor)));
  }

  private static String keys(Lake lake) {
    return lake.gold("SELECT string_agg(session_key, ',' ORDER BY 1) FROM gold.session_metrics");
  }

  private static Process start(Lake lake) throws IOException {
    ProcessBuilder builder = TestJvm.brief(HeldGold.class.getName(), "128m");
    builder.environment().putAll(lake.environment());
    return builder.start();
  }

  private static void signal(Process process, String name)
      throws IOException, InterruptedException {
    var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()));
    assertThat(kill.inheritIO().start().waitFor()).isZero();
  }

  private static void goOn(Process process) throws IOException {
    OutputStream in = process.getOutputStream();
    in.write('\n');
    in.flush();
  }

  private static void await(BufferedReader said, String sign) throws IOException {
    var before = new StringBuilder();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.equals(sign)) {
        return;
      }
      before.append(line).append('\n');
    }
    throw new AssertionError("it ended before " + sign + ": " + before);
  }
}
