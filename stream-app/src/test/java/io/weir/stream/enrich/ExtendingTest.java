package io.weir.stream.enrich;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.EnrichedEvent;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Follows the example of {@code docs/architecture.md} to the letter: one class, one line. */
class ExtendingTest {
  private static final Path PAGE = Path.of("../docs/architecture.md");
  private static final Path PACKAGE = Path.of("src/main/java/io/weir/stream/enrich");
  private static final String BEFORE = "          new Entry(\"referrer\"";

  @TempDir private Path folder;

  @Test
  void page_addsAnEnrichmentWithOneClassAndOneLine() throws Exception {
    List<String> blocks = javaBlocks(Files.readString(PAGE));
    assertThat(blocks).as("the class and the line").hasSize(2);
    compile(write(blocks.get(0), blocks.get(1)));

    try (var extended = new PackageLoader(folder.resolve("classes"))) {
      EnrichedEvent event = Clicks.empty();
      event.setUrl("https://shop.example/checkout/payment?step=2");
      Class<?> catalogue = extended.loadClass("io.weir.stream.enrich.Enrichments");
      assertThat((List<?>) catalogue.getMethod("names").invoke(null))
          .asString()
          .contains("checkout-step");
      enrich(extended, catalogue, event);
      assertThat(event.getExtras()).isEqualTo(Map.of("checkout_step", "payment"));
    }
  }

  private static void enrich(ClassLoader extended, Class<?> catalogue, EnrichedEvent event)
      throws ReflectiveOperationException {
    Class<?> rules = extended.loadClass("io.weir.stream.enrich.EnrichmentRules");
    Object enrichments =
        catalogue.getConstructor(rules).newInstance(rules.getMethod("standard").invoke(null));
    LongSupplier noTime = () -> 0;
    BiConsumer<String, RuntimeException> failures =
        (name, e) -> {
          throw new IllegalStateException(name, e);
        };
    Object chain =
        catalogue
            .getMethod("chain", LongSupplier.class, BiConsumer.class)
            .invoke(enrichments, noTime, failures);
    chain.getClass().getMethod("enrich", EnrichedEvent.class).invoke(chain, event);
  }

  private static List<String> javaBlocks(String page) {
    var blocks = new ArrayList<String>();
    int from = page.indexOf("```java\n");
    while (from >= 0) {
      int end = page.indexOf("```\n", from + 8);
      blocks.add(page.substring(from + 8, end));
      from = page.indexOf("```java\n", end);
    }
    return blocks;
  }

  /** Writes the package's sources, with the class and the line of the page added. */
  private List<File> write(String newClass, String line) throws IOException {
    Path sources = Files.createDirectories(folder.resolve("sources"));
    var files = new ArrayList<File>();
    try (Stream<Path> present = Files.list(PACKAGE)) {
      for (Path source : present.toList()) {
        Path copy = sources.resolve(Objects.requireNonNull(source.getFileName()));
        String text = Files.readString(source);
        if (copy.endsWith("Enrichments.java")) {
          assertThat(text).contains(BEFORE);
          text = text.replace(BEFORE, line + BEFORE);
        }
        files.add(Files.writeString(copy, text).toFile());
      }
    }
    files.add(Files.writeString(sources.resolve("CheckoutStep.java"), newClass).toFile());
    return files;
  }

  private void compile(List<File> sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    var messages = new StringWriter();
    Path classes = Files.createDirectories(folder.resolve("classes"));
    try (var files = compiler.getStandardFileManager(null, null, UTF_8)) {
      Boolean isCompiled =
          compiler
              .getTask(
                  messages,
                  files,
                  null,
                  List.of("-d", classes.toString(), "-proc:none", "-cp", classPath()),
                  null,
                  files.getJavaFileObjectsFromFiles(sources))
              .call();
      assertThat(isCompiled).as(messages.toString()).isTrue();
    }
  }

  private static String classPath() {
    return Objects.requireNonNull(System.getProperty("java.class.path"));
  }

  /** Takes the package from the compiled copy, everything else from the tests' class path. */
  private static final class PackageLoader extends URLClassLoader {
    PackageLoader(Path classes) throws IOException {
      super(new URL[] {classes.toUri().toURL()}, ExtendingTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("io.weir.stream.enrich.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        @Nullable Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
    }
  }
}
