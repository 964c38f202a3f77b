package io.weir.testkit.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.weir.testkit.hostile.HostileRequests.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Many hostile requests at once, some that trickle, and somebody between them who asks properly.
 * The long form runs with {@code WEIR_NIGHTLY=true}.
 *
 * @param port of the service on this machine
 * @param key half of the requests show it
 * @param canaries more headers of each request, which must turn up nowhere
 * @param isExcused whether an answer with 5xx is no defect
 */
public record Attack(
    int port,
    HostileRequests requests,
    String key,
    List<String> canaries,
    Predicate<Answer> isExcused) {
  private static final boolean IS_NIGHTLY = "true".equals(System.getenv("WEIR_NIGHTLY"));
  private static final int REQUESTS = IS_NIGHTLY ? 10_000 : 400;
  private static final int STRANGERS = 8;
  private static final int SLOW = 50;
  private static final int PATIENCE_MILLIS = 5_000;
  private static final Duration MOST = Duration.ofMillis(500);

  /**
   * The answers to an attack.
   *
   * @param statuses how many answers had each; 0 for a connection that was only closed
   * @param errors the answers from 400 on
   * @param valid the times of right answers to the one who asks properly
   */
  public record Outcome(Map<Integer, Integer> statuses, List<String> errors, List<Duration> valid) {

    /** Whether answers were as quick as they must be, which only the long form judges. */
    public boolean isQuick() {
      return !IS_NIGHTLY || p99().compareTo(MOST) < 0;
    }

    public Duration p99() {
      return valid.stream()
          .sorted()
          .skip((long) Math.ceil(valid.size() * 0.99) - 1)
          .findFirst()
          .orElseThrow(() -> new AssertionError("nobody who asked properly was answered"));
    }
  }

  /**
   * Sends all requests.
   *
   * @param isAnswered asks once properly
   * @throws AssertionError at the first answer with 5xx, with the request, and when a request that
   *     trickles is let in
   */
  public Outcome run(BooleanSupplier isAnswered) throws IOException, InterruptedException {
    var isOver = new AtomicBoolean();
    var valid = new ArrayList<Duration>();
    List<Socket> slow = slowRequests();
    Thread asker = Thread.ofPlatform().start(() -> ask(isAnswered, isOver, valid));
    var statuses = new ConcurrentSkipListMap<Integer, Integer>();
    List<String> errors;
    try {
      errors = sendAll(statuses);
    } finally {
      isOver.set(true);
      asker.join();
    }
    mustEnd(slow);
    var outcome = new Outcome(statuses, errors, valid);
    System.out.printf(
        "valid answers beside %,d hostile requests (%s): %,d, p99 %d ms%n",
        REQUESTS, statuses, valid.size(), outcome.p99().toMillis());
    return outcome;
  }

  private static void ask(BooleanSupplier isAnswered, AtomicBoolean isOver, List<Duration> valid) {
    while (!isOver.get()) {
      long begin = System.nanoTime();
      if (isAnswered.getAsBoolean()) {
        valid.add(Duration.ofNanos(System.nanoTime() - begin));
      }
    }
  }

  private List<String> sendAll(Map<Integer, Integer> statuses) throws InterruptedException {
    var errors = new ConcurrentLinkedQueue<String>();
    var running = new ArrayList<Future<?>>();
    try (ExecutorService threads = Executors.newFixedThreadPool(STRANGERS)) {
      for (int i = 0; i < REQUESTS; i++) {
        byte[] request = marked(requests.next(), i % 2 == 0);
        running.add(threads.submit(() -> send(request, statuses).ifPresent(errors::add)));
      }
      for (Future<?> each : running) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
    return List.copyOf(errors);
  }

  private byte[] marked(byte[] request, boolean hasKey) {
    String text = new String(request, ISO_8859_1);
    int end = text.indexOf("\r\n");
    if (end <= 0) {
      return request;
    }
    var more = new StringBuilder();
    canaries.forEach(header -> more.append("\r\n").append(header));
    if (hasKey) {
      more.append("\r\nAuthorization: Bearer ").append(key);
    }
    return (text.substring(0, end) + more + text.substring(end)).getBytes(ISO_8859_1);
  }

  /** Returns the answer if it is an error. */
  private Optional<String> send(byte[] request, Map<Integer, Integer> statuses) {
    Optional<Answer> answer;
    try {
      answer = HostileRequests.send(port, request);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    statuses.merge(answer.map(Answer::status).orElse(0), 1, Integer::sum);
    answer
        .filter(given -> given.status() >= 500 && !isExcused.test(given))
        .ifPresent(given -> {
          throw new AssertionError(new String(request, ISO_8859_1) + "\n---\n" + given.text());
        });
    return answer.filter(given -> given.status() >= 400).map(Answer::text);
  }

  private List<Socket> slowRequests() throws IOException {
    var sockets = new ArrayList<Socket>();
    for (int i = 0; i < SLOW; i++) {
      var socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.getOutputStream().write("GET /health HTTP/1.1\r\nX-Slow: ".getBytes(ISO_8859_1));
      sockets.add(socket);
    }
    return sockets;
  }

  /** The service ends a request that does not go on, without an answer. */
  private static void mustEnd(List<Socket> sockets) throws IOException {
    for (Socket socket : sockets) {
      try (socket) {
        socket.setSoTimeout(PATIENCE_MILLIS);
        if (socket.getInputStream().readAllBytes().length > 0) {
          throw new AssertionError("half a request was answered");
        }
      }
    }
  }
}
