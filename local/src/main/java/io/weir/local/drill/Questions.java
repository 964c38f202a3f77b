package io.weir.local.drill;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks instances as a balancer of load does: in turn, those whose {@code /ready} said yes a moment
 * ago. A request whose connection fails goes to another instance once, within the same two seconds.
 */
public final class Questions {
  static final Duration LIMIT = Duration.ofSeconds(2);
  private static final int MOST_LATE = 3;
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int UNAVAILABLE = 503;
  private static final double NANOS_PER_MILLI = 1e6;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();
  private final List<String> addresses;
  private final Set<String> ready = ConcurrentHashMap.newKeySet();
  private final Map<String, String> out = new ConcurrentHashMap<>();
  private final Map<String, Integer> late = new HashMap<>();
  private final AtomicInteger turn = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger again = new AtomicInteger();
  private final ConcurrentLinkedQueue<Double> millis = new ConcurrentLinkedQueue<>();
  private final Map<String, Integer> failures = new ConcurrentHashMap<>();
  private volatile long since = System.nanoTime();

  /**
   * The figures of all requests.
   *
   * @param answered with 200 or 404 within two seconds
   * @param refused with 503 and Retry-After within two seconds
   * @param again those that were sent a second time, because a connection failed
   * @param failures all others, by what happened
   */
  public record Figures(
      long answered,
      long refused,
      long again,
      double p50,
      double p99,
      double longest,
      Map<String, Integer> failures) {

    public Figures {
      failures = Map.copyOf(failures);
    }

    long failed() {
      return failures.values().stream().mapToInt(Integer::intValue).sum();
    }

    double share() {
      long all = answered + refused + failed();
      return all == 0 ? 0 : (double) answered / all;
    }
  }

  Questions(List<String> addresses) {
    this.addresses = List.copyOf(addresses);
  }

  /** Looks which instances are ready, as a probe does: a late answer counts the third time only. */
  void probe() throws InterruptedException {
    for (String address : addresses) {
      try {
        note(address, send(address + "/ready", LIMIT));
        late.remove(address);
      } catch (HttpTimeoutException _) {
        if (late.merge(address, 1, Integer::sum) >= MOST_LATE) {
          isOut(address, "no answer");
        }
      } catch (IOException e) {
        isOut(address, e.getClass().getSimpleName());
      }
    }
  }

  private void note(String address, HttpResponse<String> answer) {
    if (answer.statusCode() == OK) {
      out.remove(address);
      ready.add(address);
    } else {
      isOut(address, answer.statusCode() + " " + answer.body());
    }
  }

  private void isOut(String address, String why) {
    out.put(address, why);
    ready.remove(address);
  }

  /** Asks one question and counts what comes. */
  void ask(String path) throws InterruptedException {
    long begin = System.nanoTime();
    List<String> order = order();
    if (order.isEmpty()) {
      failed("no instance is ready: " + new TreeMap<>(out), begin);
      return;
    }
    try {
      count(send(order.getFirst() + path, LIMIT), begin);
    } catch (IOException first) {
      Duration left = LIMIT.minusNanos(System.nanoTime() - begin);
      if (order.size() < 2 || left.toMillis() < 1) {
        failed(first.getClass().getSimpleName(), begin);
        return;
      }
      again.incrementAndGet();
      askAgain(order.getLast() + path, left, begin);
    }
  }

  private void askAgain(String address, Duration left, long begin) throws InterruptedException {
    try {
      count(send(address, left), begin);
    } catch (IOException e) {
      failed(e.getClass().getSimpleName(), begin);
    }
  }

  /** The ready instances, the one whose turn it is first. */
  private List<String> order() {
    var order = new ArrayList<>(addresses.stream().filter(ready::contains).toList());
    if (order.size() > 1 && turn.getAndIncrement() % 2 == 1) {
      order.addLast(order.removeFirst());
    }
    return order;
  }

  private HttpResponse<String> send(String address, Duration patience)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address)).timeout(patience).build();
    return http.send(request, BodyHandlers.ofString());
  }

  private void count(HttpResponse<String> answer, long begin) {
    if (begin - since < 0) {
      return;
    }
    double took = (System.nanoTime() - begin) / NANOS_PER_MILLI;
    int status = answer.statusCode();
    if (took > LIMIT.toMillis()) {
      failed("later than two seconds", begin);
    } else if (status == OK || status == NOT_FOUND) {
      millis.add(took);
    } else if (status == UNAVAILABLE && answer.headers().firstValue("Retry-After").isPresent()) {
      refused.incrementAndGet();
    } else {
      failed("status " + status, begin);
    }
  }

  /** Begins to count anew; answers to what was asked before do not count. */
  void forget() {
    since = System.nanoTime();
    refused.set(0);
    again.set(0);
    millis.clear();
    failures.clear();
  }

  private void failed(String how, long begin) {
    if (begin - since >= 0) {
      failures.merge(how, 1, Integer::sum);
    }
  }

  Figures figures() {
    double[] sorted = millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return new Figures(
        sorted.length,
        refused.get(),
        again.get(),
        quantile(sorted, 0.5),
        quantile(sorted, 0.99),
        quantile(sorted, 1),
        failures);
  }

  private static double quantile(double[] sorted, double part) {
    return sorted.length == 0
        ? 0
        : Arrays.stream(sorted).skip((long) (part * (sorted.length - 1))).findFirst().orElse(0);
  }
}
