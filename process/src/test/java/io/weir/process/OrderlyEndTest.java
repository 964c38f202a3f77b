package io.weir.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.ToIntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderlyEndTest {
  @ParameterizedTest
  @CsvSource({"returns, 1", "throws, 2"})
  void exitCode_isThatOfTheWork(String work, int expected) throws Exception {
    assertThat(exitCode(work)).isEqualTo(expected);
  }

  private static int exitCode(String work) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = System.getProperty("java.class.path");
    return new ProcessBuilder(java, "-cp", classPath, Program.class.getName(), work)
        .inheritIO()
        .start()
        .waitFor();
  }

  /** A command whose work ends in one of two ways. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) {
      ToIntFunction<Stop> work =
          arguments[0].equals("throws")
              ? _ -> {
                throw new StartupException("no such thing");
              }
              : _ -> ExitCodes.FAILED;
      try {
        System.exit(OrderlyEnd.run(work));
      } catch (StartupException e) {
        System.exit(ExitCodes.UNUSABLE);
      }
    }
  }
}
