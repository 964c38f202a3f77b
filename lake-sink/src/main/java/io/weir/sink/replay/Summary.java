package io.weir.sink.replay;

/** A refused record without its bytes. */
record Summary(Origin origin, String reason, String detail) {}
