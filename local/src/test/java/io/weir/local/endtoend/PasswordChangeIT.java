package io.weir.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.local.platform.Service;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Passwords of Kafka that are changed while the services run, and are wrong at the next start. */
@EnabledIfEnvironmentVariable(
    named = "WEIR_NIGHTLY",
    matches = "true",
    disabledReason = "it takes a minute: WEIR_NIGHTLY=true runs it")
class PasswordChangeIT {
  private static final Duration LOGIN = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final List<Service> SERVICES =
      List.of(Service.STREAM, Service.SCORING, Service.SINK);

  @Test
  void changedPassword_isNamedWithItsSettings_byRunningAndByNewServices(@TempDir Path folder)
      throws InterruptedException {
    try (var services = new SecuredServices(folder, LOGIN)) {
      services.grant(PrintedAcls.read(services.lakeTool("acls").output()));
      services.start(Service.POSTGRES);
      services.start(Service.STREAM);
      services.start(Service.SCORING, Service.SINK);

      SERVICES.forEach(services::changePassword);

      for (Service service : SERVICES) {
        assertThat(awaited(services, service, "do not accept each other any more"))
            .as(service.title())
            .contains("check WEIR_KAFKA_AUTH, _TLS, _USER, _PASSWORD")
            .doesNotContain(SecuredServices.PASSWORD);
      }
      services.stop(Service.STREAM, Service.SCORING, Service.SINK);
      for (Service service : SERVICES) {
        assertThat(services.outputOf(service, "do not accept each other:", Map.of()))
            .as(service.title())
            .contains("SCRAM-SHA-512; check WEIR_KAFKA_AUTH")
            .doesNotContain(SecuredServices.PASSWORD);
      }
    }
  }

  private static String awaited(SecuredServices services, Service service, String sought)
      throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String words = services.wordsOf(service);
    while (!words.contains(sought)) {
      assertThat(System.nanoTime()).as("%s says %s", service, words).isLessThan(deadline);
      Thread.sleep(300);
      words = services.wordsOf(service);
    }
    return words;
  }
}
