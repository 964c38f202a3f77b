package io.weir.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Counts the requests of each client. One that was quiet may ask for two seconds' worth at once. It
 * remembers a bounded number of clients and forgets who was quiet longest, who has nothing to lose.
 */
final class RateLimit {
  private static final int CLIENTS = 10_000;
  private static final int BURST_SECONDS = 2;
  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  private final int perSecond;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > CLIENTS;
        }
      };

  /**
   * @param perSecond requests of a client; 0 for any number
   */
  RateLimit(int perSecond) {
    this.perSecond = perSecond;
  }

  /** What a client has left, and when that was counted. */
  private static final class Bucket {
    private double left;
    private long at;

    Bucket(double left, long at) {
      this.left = left;
      this.at = at;
    }
  }

  /** Says after how many seconds to ask, 0 for at once, and counts nothing. */
  synchronized long secondsLeft(String client, long now) {
    Bucket bucket = buckets.get(client);
    if (perSecond == 0 || bucket == null) {
      return 0;
    }
    double left = bucket.left + (now - bucket.at) / NANOS * perSecond;
    return left >= 1 ? 0 : (long) Math.ceil((1 - left) / perSecond);
  }

  /**
   * Counts a request. Returns 0 if it may go on, else after how many seconds to ask again.
   *
   * @param now by a clock for durations
   */
  synchronized long secondsToWait(String client, long now) {
    if (perSecond == 0) {
      return 0;
    }
    double most = (double) BURST_SECONDS * perSecond;
    Bucket bucket = buckets.computeIfAbsent(client, _ -> new Bucket(most, now));
    bucket.left = Math.min(most, bucket.left + (now - bucket.at) / NANOS * perSecond);
    bucket.at = now;
    if (bucket.left >= 1) {
      bucket.left--;
      return 0;
    }
    return (long) Math.ceil((1 - bucket.left) / perSecond);
  }
}
