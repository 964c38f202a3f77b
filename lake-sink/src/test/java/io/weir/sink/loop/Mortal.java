package io.weir.sink.loop;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collection;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A consumer that can die as with its process: it leaves the group, and its loop is not told. */
public final class Mortal {
  private final Consumer<byte[], byte[]> consumer;
  private volatile boolean isDead;

  public Mortal(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  @SuppressWarnings("unchecked")
  public Consumer<byte[], byte[]> consumer() {
    return (Consumer<byte[], byte[]>)
        Proxy.newProxyInstance(
            Mortal.class.getClassLoader(), new Class<?>[] {Consumer.class}, this::call);
  }

  public void die() {
    isDead = true;
    consumer.close(CloseOptions.timeout(Duration.ofSeconds(5)));
  }

  private @Nullable Object call(Object proxy, Method method, @Nullable Object @Nullable [] given)
      throws Throwable {
    if (given != null && given.length == 2 && given[1] instanceof ConsumerRebalanceListener real) {
      given[1] = new WhileAlive(real);
    }
    try {
      return method.invoke(consumer, given);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private final class WhileAlive implements ConsumerRebalanceListener {
    private final ConsumerRebalanceListener real;

    WhileAlive(ConsumerRebalanceListener real) {
      this.real = real;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      if (!isDead) {
        real.onPartitionsAssigned(partitions);
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      if (!isDead) {
        real.onPartitionsRevoked(partitions);
      }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      if (!isDead) {
        real.onPartitionsLost(partitions);
      }
    }
  }
}
