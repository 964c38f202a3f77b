package io.weir.local.drill;

import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Checkout;
import io.weir.local.platform.Readiness;
import io.weir.local.platform.Service;
import io.weir.local.process.ProcessSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A process of a drill: what it is, how it starts, and where it answers.
 *
 * @param catalogue has the port on which it answers
 */
record Member(String name, Service service, ProcessSpec spec, Catalogue catalogue) {

  static Member of(ProcessSpec spec, Service service, Catalogue catalogue) {
    return new Member(spec.name(), service, spec, catalogue);
  }

  /** The same with more settings. */
  Member with(Map<String, String> settings) {
    var environment = new LinkedHashMap<>(spec.environment());
    environment.putAll(settings);
    return new Member(name, service, spec.withEnvironment(environment), catalogue);
  }

  /** The same from another build. */
  Member of(Checkout build) {
    String classPath = build.classPath(service.module());
    return new Member(name, service, spec.withClassPath(classPath), catalogue);
  }

  String address() {
    return catalogue.address(service);
  }

  /** The reason why it could not serve now; empty if it could. */
  Optional<String> problem() throws InterruptedException {
    return new Readiness(catalogue).problem(service);
  }

  boolean isServer() {
    return service == Service.BROKER || service == Service.POSTGRES;
  }
}
