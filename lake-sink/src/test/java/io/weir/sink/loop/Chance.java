package io.weir.sink.loop;

/** The failures of a simulation, each with its probability in thousandths. */
enum Chance {
  CRASH(4),
  FAILURE(15),
  OTHERS_GO_FIRST(60),
  STALE_READ(60),
  DELAYED_REQUEST(40),
  ANSWER_TURNED(40);

  private final int perMille;

  Chance(int perMille) {
    this.perMille = perMille;
  }

  int perMille() {
    return perMille;
  }
}
