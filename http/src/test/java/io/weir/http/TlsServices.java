package io.weir.http;

import io.weir.process.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The servers with TLS that a test starts; they end with it. */
final class TlsServices implements AfterEachCallback {
  private final LongSupplier nanos;
  private final List<TlsService> services = new ArrayList<>();

  TlsServices() {
    this(System::nanoTime);
  }

  /** Servers that look at their files again by this clock. */
  TlsServices(LongSupplier nanos) {
    this.nanos = nanos;
  }

  TlsService start(Settings settings) {
    return start(settings, Optional.empty());
  }

  TlsService start(Settings settings, Optional<Integer> management) {
    TlsService service = TlsService.start(settings, nanos, management);
    services.add(service);
    return service;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    services.forEach(TlsService::close);
    services.clear();
  }
}
