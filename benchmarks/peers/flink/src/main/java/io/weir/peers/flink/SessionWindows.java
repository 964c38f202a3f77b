package io.weir.peers.flink;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.assigners.EventTimeSessionWindows;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/** Clicks to sessions: event-time windows with a gap of 30 minutes. */
final class SessionWindows {
  static final String SESSIONS = "sessions";
  static final String EVENTS = "session-events";
  static final String REVENUE = "revenue-cents";

  private static final Duration GAP = Duration.ofMinutes(30);
  private static final String SENTINEL = "sentinel";

  private SessionWindows() {}

  static DataStream<Row> of(DataStream<ParsedClick> clicks) {
    return clicks
        .keyBy(click -> click.userId)
        .window(EventTimeSessionWindows.withGap(GAP))
        .aggregate(new Fold(), new ToRow());
  }

  /** The sums of a session that is still open. */
  public static class Open {
    public long first = Long.MAX_VALUE;
    public long last = Long.MIN_VALUE;
    public long events;
    public long addToCart;
    public long purchases;
    public long revenueCents;
    public Set<String> pages = new HashSet<>();
  }

  /** A closed session. */
  public static class Row {
    public String userId;
    public long start;
    public long end;
    public long first;
    public long last;
    public long events;
    public long uniquePages;
    public long addToCart;
    public long purchases;
    public long revenueCents;
  }

  /** Adds clicks to open sessions. */
  private static final class Fold implements AggregateFunction<ParsedClick, Open, Open> {
    private static final long serialVersionUID = 1L;

    @Override
    public Open createAccumulator() {
      return new Open();
    }

    @Override
    public Open add(ParsedClick click, Open session) {
      session.first = Math.min(session.first, click.eventTime);
      session.last = Math.max(session.last, click.eventTime);
      session.events++;
      session.pages.add(click.pagePath);
      if (click.eventType.equals("add_to_cart")) {
        session.addToCart++;
      } else if (click.eventType.equals("purchase")) {
        session.purchases++;
        for (ParsedClick.Product product : click.products) {
          session.revenueCents += Math.round(product.price * 100) * product.quantity;
        }
      }
      return session;
    }

    @Override
    public Open getResult(Open session) {
      return session;
    }

    @Override
    public Open merge(Open into, Open other) {
      into.first = Math.min(into.first, other.first);
      into.last = Math.max(into.last, other.last);
      into.events += other.events;
      into.addToCart += other.addToCart;
      into.purchases += other.purchases;
      into.revenueCents += other.revenueCents;
      into.pages.addAll(other.pages);
      return into;
    }
  }

  /** Makes the row of a closed session; counts all but those of the events that end the topic. */
  private static final class ToRow extends ProcessWindowFunction<Open, Row, String, TimeWindow> {
    private static final long serialVersionUID = 1L;

    private transient LongCounter sessions;
    private transient LongCounter events;
    private transient LongCounter revenue;

    @Override
    public void open(OpenContext context) {
      sessions = new LongCounter();
      events = new LongCounter();
      revenue = new LongCounter();
      getRuntimeContext().addAccumulator(SESSIONS, sessions);
      getRuntimeContext().addAccumulator(EVENTS, events);
      getRuntimeContext().addAccumulator(REVENUE, revenue);
    }

    @Override
    public void process(String user, Context context, Iterable<Open> one, Collector<Row> out) {
      Open session = one.iterator().next();
      var row = new Row();
      row.userId = user;
      row.start = context.window().getStart();
      row.end = context.window().getEnd();
      row.first = session.first;
      row.last = session.last;
      row.events = session.events;
      row.uniquePages = session.pages.size();
      row.addToCart = session.addToCart;
      row.purchases = session.purchases;
      row.revenueCents = session.revenueCents;
      out.collect(row);
      if (!user.startsWith(SENTINEL)) {
        sessions.add(1);
        events.add(session.events);
        revenue.add(session.revenueCents);
      }
    }
  }
}
