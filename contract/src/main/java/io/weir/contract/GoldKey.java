package io.weir.contract;

import io.weir.contract.avro.GoldCell;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The key of a cell of gold within its partition. Keys sort by subject, grain, dimension, side and
 * time, so the buckets of a range lie side by side.
 *
 * @param bucketStart epoch milliseconds
 * @param value may be any text, and comes last
 */
public record GoldKey(
    Subject subject,
    Grain grain,
    Dimension dimension,
    boolean isBot,
    long bucketStart,
    String value) {
  /** The start of year 1: added to a time, it leaves no year negative that an event may have. */
  private static final long YEAR_1 = 62_135_596_800_000L;

  private static final int TIME_DIGITS = 16;
  private static final char SEPARATOR = '|';

  /** The things that a cell can count. */
  public enum Subject {
    /** Closed sessions, by the time of their start. */
    SESSIONS("sessions"),
    /** Accepted events, by their time. */
    EVENTS("events"),
    /** Products in accepted events, by the time of the event. */
    PRODUCTS("products"),
    /** What sessions without a purchase left in the cart, by the time of their start. */
    CARTS("carts"),
    /** Events that came too late for any session, by their time. They are in no other subject. */
    LATE("late"),
    /** Active visitors of a day, by their previous active day. */
    VISITORS("visitors"),
    /**
     * What became of raw records, by the time at which this was decided: see {@link RecordOutcome}.
     */
    QUALITY("quality"),
    /**
     * The time before which nothing can change any more. One cell per partition: its bucket starts
     * at 0, its value is the site's time zone, and the time is in {@code settled_until}.
     */
    PROGRESS("progress");

    private final String code;

    Subject(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }
  }

  /** The length of a bucket. */
  public enum Grain {
    /** A bucket of the subject quality only. */
    MINUTE("1m"),
    QUARTER("15m"),
    DAY("day");

    /** The grains of all subjects but quality. */
    public static final List<Grain> OF_NUMBERS = List.of(QUARTER, DAY);

    private final String code;

    Grain(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }
  }

  /** A property by which cells break a total down. */
  public enum Dimension {
    ALL(""),
    DEVICE("device"),
    BROWSER("browser"),
    OS("os"),
    COUNTRY("country"),
    CITY("city"),
    CAMPAIGN("campaign"),
    SOURCE("source"),
    MEDIUM("medium"),
    REFERRER_CLASS("referrer_class"),
    LANDING_PAGE("landing_page", Grain.DAY),
    EXIT_PAGE("exit_page", Grain.DAY),
    VISITOR_TYPE("visitor_type"),
    EVENT_TYPE("event_type"),
    PAGE("page", Grain.DAY),
    SEARCH_TERM("search_term", Grain.DAY),
    PRODUCT("product", Grain.DAY),
    CATEGORY("category"),
    AD("ad"),
    GOAL("goal"),
    POSITION("position"),
    APP("app"),
    PREVIOUS_DAY("previous_day", Grain.DAY),
    OUTCOME("outcome");

    private final String code;
    private final Grain finest;

    Dimension(String code) {
      this(code, Grain.QUARTER);
    }

    Dimension(String code, Grain finest) {
      this.code = code;
      this.finest = finest;
    }

    public String code() {
      return code;
    }

    /**
     * Whether there are cells of 15 minutes. A dimension with as many values as a site has pages
     * has cells of days only: in 15 minutes, most of its cells would count a single event.
     */
    public boolean hasQuarters() {
      return finest == Grain.QUARTER;
    }
  }

  /** The key as text, for instance {@code sessions|15m|country|h|0063900000900000|DE}. */
  public String text() {
    return prefix(subject, grain, dimension, isBot) + time(bucketStart) + SEPARATOR + value;
  }

  public byte[] bytes() {
    return text().getBytes(StandardCharsets.UTF_8);
  }

  /** The first possible key of a bucket; the bounds of a scan over a range of time. */
  public static byte[] lowest(
      Subject subject, Grain grain, Dimension dimension, boolean isBot, long bucketStart) {
    return new GoldKey(subject, grain, dimension, isBot, bucketStart, "").bytes();
  }

  /** The key within its partition, and the partition: the key of a cell among all. */
  public static String global(GoldCell cell) {
    return cell.getPartition()
        + "|"
        + cell.getSubject()
        + SEPARATOR
        + cell.getGrain()
        + SEPARATOR
        + cell.getDimension()
        + SEPARATOR
        + side(cell.getIsBot())
        + SEPARATOR
        + time(cell.getBucketStart())
        + SEPARATOR
        + cell.getValue();
  }

  private static String prefix(Subject subject, Grain grain, Dimension dimension, boolean isBot) {
    return subject.code
        + SEPARATOR
        + grain.code
        + SEPARATOR
        + dimension.code
        + SEPARATOR
        + side(isBot)
        + SEPARATOR;
  }

  private static char side(boolean isBot) {
    return isBot ? 'b' : 'h';
  }

  private static String time(long millis) {
    String digits = Long.toString(millis + YEAR_1);
    return "0".repeat(Math.max(0, TIME_DIGITS - digits.length())) + digits;
  }
}
