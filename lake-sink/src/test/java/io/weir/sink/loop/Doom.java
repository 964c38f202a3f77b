package io.weir.sink.loop;

import io.weir.lake.commit.Changes;
import io.weir.lake.commit.CommitOutcome;
import io.weir.lake.commit.CommitPlan;
import io.weir.lake.commit.Committer;
import io.weir.lake.commit.Offsets;
import io.weir.sink.write.RowWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Stops for ever at one point of a commit and prints a line, so that the test can kill the process.
 */
final class Doom {
  static final String SIGN = "DOOM at ";

  private final Point point;
  private int passes;

  enum Point {
    FILE_CLOSE,
    BEFORE_TABLE_COMMIT,
    AFTER_TABLE_COMMIT,
    BEFORE_OFFSET_COMMIT
  }

  Doom(Point point, int passes) {
    this.point = point;
    this.passes = passes;
  }

  private void reach(Point reached) {
    if (reached == point && passes-- == 0) {
      System.out.println(SIGN + point);
      System.out.flush();
      while (passes < 0) {
        LockSupport.park(this);
      }
    }
  }

  Committer committer(Committer real) {
    return new Committer() {
      @Override
      public CommitOutcome commit(CommitPlan plan, Changes changes) {
        reach(Point.BEFORE_TABLE_COMMIT);
        CommitOutcome outcome = real.commit(plan, changes);
        if (outcome instanceof CommitOutcome.Committed) {
          reach(Point.AFTER_TABLE_COMMIT);
        }
        return outcome;
      }

      @Override
      public Offsets offsets() {
        return real.offsets();
      }
    };
  }

  @SuppressWarnings("unchecked")
  Consumer<byte[], byte[]> consumer(Consumer<byte[], byte[]> real) {
    return (Consumer<byte[], byte[]>)
        Proxy.newProxyInstance(
            Doom.class.getClassLoader(),
            new Class<?>[] {Consumer.class},
            (_, method, given) -> {
              if (method.getName().equals("commitAsync")) {
                reach(Point.BEFORE_OFFSET_COMMIT);
              }
              try {
                return method.invoke(real, given);
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
            });
  }

  RowWriter writer(RowWriter real) {
    return new RowWriter() {
      @Override
      public void write(ConsumerRecord<byte[], byte[]> record) {
        real.write(record);
      }

      @Override
      public long bytes() {
        return real.bytes();
      }

      @Override
      public Changes close() {
        reach(Point.FILE_CLOSE);
        return real.close();
      }

      @Override
      public void committed() {
        real.committed();
      }

      @Override
      public void discard() {
        real.discard();
      }

      @Override
      public void abandon() {
        real.abandon();
      }

      @Override
      public void reassigned() {
        real.reassigned();
      }
    };
  }
}
