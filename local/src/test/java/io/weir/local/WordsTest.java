package io.weir.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code build-config/words}, run over small projects of good and bad samples. */
class WordsTest {
  private static final String LONG_TEXT = "word ".repeat(25);
  private static final String LONG_LINK = "see [the page](https://example.org/" + "a".repeat(120);

  @TempDir private Path project = Path.of("");

  @BeforeEach
  void writeGoodSamples() throws IOException {
    write("README.md", "# Title\n| " + LONG_TEXT + "|\n" + LONG_LINK + ")\n" + "ü".repeat(120));
    write("a/src/main/java/Main.java", "/** Starts a. */\npublic final class Main {}\n");
    write("b/src/main/java/Main.java", "/** Starts b. */\npublic final class Main {}\n");
    write(
        "a/src/main/java/Good.java",
        "/**\n * A good type.\n */\n@Named(\n    \"good\")\npublic record Good(int a) {}\n");
    write("a/src/test/java/Untold.java", "public class Untold {}\n");
    write("b/src/test/java/Untold.java", "public class Untold {}\n");
    write("a/target/src/main/java/Good.java", "public class Good {}\n");
  }

  @Test
  void goodSamples_areSilent() throws IOException, InterruptedException {
    Outcome outcome = words();

    assertThat(outcome.output()).isEmpty();
    assertThat(outcome.code()).isZero();
  }

  @Test
  void longLine_isNamed() throws IOException, InterruptedException {
    write("docs/page.md", "short\n" + LONG_TEXT + "\n");

    Outcome outcome = words();

    assertThat(outcome.output()).startsWith("docs/page.md:2: [line docs/page.md] 125 characters");
    assertThat(outcome.code()).isOne();
  }

  @Test
  void publicTypeWithoutJavadoc_isNamed_nestedOnesToo() throws IOException, InterruptedException {
    write(
        "a/src/main/java/Outer.java",
        "/** An outer type. */\npublic class Outer {\n  public enum Inner {}\n}\n");

    Outcome outcome = words();

    assertThat(outcome.output()).startsWith("a/src/main/java/Outer.java:3: [javadoc Inner]");
    assertThat(outcome.code()).isOne();
  }

  @Test
  void headlessSentence_isNamed() throws IOException, InterruptedException {
    write("a/src/main/java/Part.java", "/** Of a whole number. */\npublic class Part {}\n");

    Outcome outcome = words();

    assertThat(outcome.output()).contains("Part.java:2: [headless Part] the Javadoc begins with");
    assertThat(outcome.code()).isOne();
  }

  @Test
  void nameOfTwoThings_isNamedWithBothPlaces() throws IOException, InterruptedException {
    write("b/src/main/java/deep/Good.java", "/** Another one. */\npublic class Good {}\n");

    Outcome outcome = words();

    assertThat(outcome.output())
        .contains("b/src/main/java/deep/Good.java:1: [name Good]", "a/src/main/java/Good.java");
    assertThat(outcome.code()).isOne();
  }

  @Test
  void decisionThatIsNotListed_isNamed() throws IOException, InterruptedException {
    write("docs/adr/0001-one.md", "# 1. One\n");
    write("docs/adr/0002-two.md", "# 2. Two\n");
    write("docs/adr/README.md", "| 1 | [One](0001-one.md) |\n");

    Outcome outcome = words();

    assertThat(outcome.output())
        .startsWith("docs/adr/0002-two.md:1: [decision 0002-two.md] list it in docs/adr/README.md")
        .doesNotContain("0001");
    assertThat(outcome.code()).isOne();
  }

  @Test
  void knownFindings_areAllowed_andNamedOnceTheyAreGone() throws IOException, InterruptedException {
    write("b/src/main/java/Good.java", "/** Another one. */\npublic class Good {}\n");
    write("build-config/words.known", "# to be emptied\nname Good # two\nline docs/gone.md\n");

    Outcome outcome = words();

    assertThat(outcome.output())
        .contains("\"line docs/gone.md\" is not found any more")
        .doesNotContain("Good");
    assertThat(outcome.code()).isZero();
  }

  private void write(String file, String text) throws IOException {
    Path path = project.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private Outcome words() throws IOException, InterruptedException {
    String script = Path.of("..", "build-config", "words").toString();
    Process process =
        new ProcessBuilder("bash", script, project.toString()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), output);
  }

  /** The exit code of a run, and all that it printed. */
  private record Outcome(int code, String output) {}
}
