package io.weir.http;

/** The answers of a service to its platform. They must be cheap: no call waits for a server. */
public interface Operations {

  /** The process lives, whatever it waits for. A process ends itself on what it cannot survive. */
  default Health alive() {
    return Health.alive();
  }

  /** The next record would be processed. */
  Health ready();

  /** All metrics in the text form of Prometheus. */
  String metrics();
}
