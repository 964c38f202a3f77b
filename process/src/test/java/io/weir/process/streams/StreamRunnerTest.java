package io.weir.process.streams;

import static org.apache.kafka.streams.CloseOptions.GroupMembershipOperation.LEAVE_GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamRunnerTest {
  private final AtomicLong nanos = new AtomicLong();
  private Client client;
  private StreamRunner runner;

  @BeforeEach
  void start() {
    client = new Client();
    runner = new StreamRunner(() -> client, "", LEAVE_GROUP, Duration.ZERO, nanos::get);
    runner.start();
  }

  @AfterEach
  void close() {
    runner.close();
  }

  @Test
  void firstRebalance_servesNobody() {
    client.change(KafkaStreams.State.REBALANCING);
    assertThat(runner.isServing()).isFalse();

    client.change(KafkaStreams.State.RUNNING);
    assertThat(runner.isServing()).isTrue();
  }

  @Test
  void laterRebalance_servesForAFewSeconds() {
    client.change(KafkaStreams.State.REBALANCING);
    client.change(KafkaStreams.State.RUNNING);
    client.change(KafkaStreams.State.REBALANCING);
    assertThat(runner.isServing()).isTrue();
    assertThat(runner.isRunning()).isFalse();

    nanos.addAndGet(TimeUnit.SECONDS.toNanos(5));
    assertThat(runner.isServing()).isFalse();

    client.change(KafkaStreams.State.RUNNING);
    client.change(KafkaStreams.State.REBALANCING);
    assertThat(runner.isServing()).isTrue();
  }

  @Test
  void stateBeforeItsListenerHears_serves() {
    client.change(KafkaStreams.State.REBALANCING);
    client.change(KafkaStreams.State.RUNNING);
    nanos.addAndGet(TimeUnit.HOURS.toNanos(1));
    client.now = KafkaStreams.State.REBALANCING;

    assertThat(runner.isServing()).isTrue();
  }

  @Test
  void announcedEnd_servesNobody() {
    client.change(KafkaStreams.State.REBALANCING);
    client.change(KafkaStreams.State.RUNNING);
    client.change(KafkaStreams.State.REBALANCING);
    runner.announceEnd();

    assertThat(runner.isServing()).isFalse();
  }

  /** A client that asks no broker and changes its state when it is told to. */
  private static final class Client extends KafkaStreams {
    private State now = State.CREATED;
    private @Nullable StateListener listener;

    Client() {
      super(topology(), settings());
    }

    private static Topology topology() {
      var topology = new Topology();
      topology.addSource("in", "topic");
      return topology;
    }

    private static Properties settings() {
      var settings = new Properties();
      settings.put("application.id", "test");
      settings.put("bootstrap.servers", "127.0.0.1:1");
      return settings;
    }

    void change(State next) {
      State before = now;
      now = next;
      if (listener != null) {
        listener.onChange(next, before);
      }
    }

    @Override
    public void setStateListener(StateListener listener) {
      this.listener = listener;
    }

    @Override
    public synchronized void start() {}

    @Override
    public State state() {
      return now;
    }
  }
}
