package io.weir.peers.flink;

/** A record of the raw topic; {@code click} is null where the record is not a valid click. */
public class RawRecord {
  public String key;
  public byte[] value;
  public int partition;
  public long offset;
  public long appendTime;
  public ParsedClick click;
}
