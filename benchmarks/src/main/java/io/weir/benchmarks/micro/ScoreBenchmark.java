package io.weir.benchmarks.micro;

import io.weir.scoring.model.TreeContributions;
import io.weir.scoring.model.TreeEnsemble;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One vector of 82 features through 300 full trees of depth 6, without and with contributions. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ScoreBenchmark {
  private final DrawnTrees drawn = new DrawnTrees();
  private final TreeEnsemble trees = drawn.trees();
  private final TreeContributions contributions = trees.contributions().orElseThrow();
  private int next;

  private float[] vector() {
    return drawn.vector(next++);
  }

  @Benchmark
  public float score() {
    return trees.score(vector());
  }

  @Benchmark
  public double[] contributions() {
    return contributions.of(vector());
  }
}
