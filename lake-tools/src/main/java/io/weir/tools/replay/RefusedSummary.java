package io.weir.tools.replay;

/** A refused record without its bytes. */
record RefusedSummary(Origin origin, String reason, String detail) {}
