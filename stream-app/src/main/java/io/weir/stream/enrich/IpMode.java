package io.weir.stream.enrich;

/** The treatment of clients' addresses. */
public enum IpMode {
  /** Addresses are kept. */
  OFF,
  /** IPv4 addresses lose the last number; IPv6 addresses keep only the first 48 bits. */
  TRUNCATE,
  /** Addresses are removed. */
  DROP,
  /** Addresses are replaced by a keyed hash. */
  PSEUDONYM
}
