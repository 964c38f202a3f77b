package io.weir.stream.enrich;

/** What is done with clients' addresses. */
public enum IpMode {
  /** They are kept. */
  OFF,
  /** IPv4 without the last number, IPv6 without all but the first 48 bits. */
  TRUNCATE,
  /** They are removed. */
  DROP,
  /** They are replaced by a keyed hash. */
  PSEUDONYM
}
