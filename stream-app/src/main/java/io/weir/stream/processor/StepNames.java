package io.weir.stream.processor;

import io.weir.contract.StreamStores;

/** Names of steps and stores: part of the stored state, so they never change. */
public final class StepNames {
  public static final String RAW_IN = "raw-in";
  public static final String REKEYED_IN = "rekeyed-in";
  public static final String ERASURES_IN = "erasures-in";
  public static final String ERASE = "erase";
  public static final String INGEST = "ingest";
  public static final String SESSIONIZE = "sessionize";
  public static final String REJECTED_OUT = "rejected-out";
  public static final String REKEYED_OUT = "rekeyed-out";
  public static final String EVENTS_OUT = "events-out";
  public static final String LATE_OUT = "late-out";
  public static final String SESSIONS_OUT = "sessions-out";
  public static final String IDENTITIES_OUT = "identities-out";
  public static final String VISITORS = StreamStores.VISITORS;
  public static final String TIMERS = StreamStores.TIMERS;
  public static final String GOLD = StreamStores.GOLD;
  public static final String SESSION_FACTS = StreamStores.SESSION_FACTS;
  public static final String VISITOR_DAYS = StreamStores.VISITOR_DAYS;

  /** In memory only. */
  public static final String TASK_COUNTS = "task-counts";

  private StepNames() {}
}
