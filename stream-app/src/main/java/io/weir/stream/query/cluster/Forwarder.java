package io.weir.stream.query.cluster;

import io.weir.http.Doorkeeper;
import io.weir.process.WholeAnswer;
import io.weir.process.tls.PeerTrust;
import io.weir.process.tls.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.apache.kafka.streams.state.HostInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forwards queries to other instances over HTTP. The group's metadata names the instance to ask,
 * never the caller. A forwarded query has a header that says so, and is not forwarded again.
 */
public final class Forwarder implements PeerClient, AutoCloseable {
  public static final String FORWARDED = Doorkeeper.FORWARDED;
  public static final String STALENESS = "Weir-Staleness";

  /** The header with the partitions that an instance searched for a visitor it did not find. */
  public static final String SEARCHED = "Weir-Searched";

  private static final Logger log = LoggerFactory.getLogger(Forwarder.class);
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
  private static final long MINUTE_NANOS = 60_000_000_000L;
  private static final long MOST_BYTES = 64 << 20;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;

  private final Duration timeout;
  private final Optional<String> key;
  private final String scheme;
  private final HttpClient client;
  private final AtomicBoolean hasWarned = new AtomicBoolean();
  private final AtomicLong limitedAt = new AtomicLong();
  private final Set<HostInfo> distrusted = ConcurrentHashMap.newKeySet();

  /** For instances that ask nobody for a key, and speak plain HTTP. */
  public Forwarder(Duration timeout) {
    this(timeout, Optional.empty(), Tls.none());
  }

  /**
   * @param timeout for a whole answer
   * @param key what other instances know this one by
   * @param tls of this instance, as all instances have it
   */
  public Forwarder(Duration timeout, Optional<String> key, Tls tls) {
    this.timeout = timeout;
    this.key = key;
    this.scheme = tls.scheme();
    this.client =
        tls.trust()
            .client()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .followRedirects(HttpClient.Redirect.NEVER)
            // Answers are short: the thread that reads from the socket handles them, which saves
            // waking another thread for each step.
            .executor(Runnable::run)
            .build();
  }

  @Override
  public Optional<PeerAnswer> ask(HostInfo peer, String pathAndQuery) {
    try {
      HttpResponse<String> answer =
          WholeAnswer.of(client, request(peer, pathAndQuery).build(), timeout, MOST_BYTES);
      distrusted.remove(peer);
      return switch (answer.statusCode()) {
        case UNAVAILABLE -> Optional.empty();
        case TOO_MANY -> limited(peer);
        case UNAUTHORIZED, FORBIDDEN -> refused(peer);
        default -> Optional.of(answered(answer));
      };
    } catch (IOException e) {
      return unanswered(peer, e);
    } catch (IllegalArgumentException e) {
      // The peer's advertised host is no valid address, so no instance can ask the peer.
      log.warn("{}:{} cannot be asked: {}", peer.host(), peer.port(), e.getMessage());
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private HttpRequest.Builder request(HostInfo peer, String pathAndQuery)
      throws UnknownHostException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address(peer, pathAndQuery)).header(FORWARDED, "1");
    key.ifPresent(own -> request.header("Authorization", "Bearer " + own));
    return request;
  }

  /** The address of a question. A URI takes no host with an underscore: it is resolved here. */
  private URI address(HostInfo peer, String pathAndQuery) throws UnknownHostException {
    URI address = address(peer.host(), peer.port(), pathAndQuery);
    return address.getHost() != null
        ? address
        : address(InetAddress.getByName(peer.host()).getHostAddress(), peer.port(), pathAndQuery);
  }

  private URI address(String host, int port, String pathAndQuery) {
    String literal = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return URI.create(scheme + "://" + literal + ":" + port + pathAndQuery);
  }

  /** A refusal is no answer for the caller, whose own key was right. */
  private Optional<PeerAnswer> refused(HostInfo peer) {
    if (!hasWarned.getAndSet(true)) {
      log.warn(
          "{}:{} does not take the key of this instance: set the same WEIR_HTTP_KEY at all"
              + " instances; if callers show keys, one with the role instance",
          peer.host(),
          peer.port());
    }
    return Optional.empty();
  }

  /** The rate is exceeded many times in a second, so it is said once in a minute. */
  private Optional<PeerAnswer> limited(HostInfo peer) {
    long now = System.nanoTime();
    long last = limitedAt.get();
    if ((last == 0 || now - last > MINUTE_NANOS) && limitedAt.compareAndSet(last, now)) {
      log.warn(
          "{}:{} answers 429: this instance forwards more than its limit; set the same"
              + " WEIR_HTTP_KEY at all instances, which then have no limit, or raise WEIR_HTTP_RATE",
          peer.host(),
          peer.port());
    }
    return Optional.empty();
  }

  /** A certificate that is wrong is said once, until the peer answers again. */
  private Optional<PeerAnswer> unanswered(HostInfo peer, IOException e) {
    if (!PeerTrust.isDistrust(e)) {
      log.debug("{}:{} does not answer: {}", peer.host(), peer.port(), e.toString());
    } else if (distrusted.add(peer)) {
      log.warn(
          "{}:{} cannot be asked by TLS ({}): its certificate must name this host, and be of an"
              + " authority in WEIR_HTTP_TLS_TRUST_FILE",
          peer.host(),
          peer.port(),
          e.getMessage());
    }
    return Optional.empty();
  }

  private static PeerAnswer answered(HttpResponse<String> answer) {
    return new PeerAnswer(
        answer.statusCode(),
        answer.headers().firstValue("Content-Type").orElse("application/json"),
        answer.headers().firstValue(STALENESS),
        answer.body(),
        searched(answer.headers().firstValue(SEARCHED).orElse("")));
  }

  /** Reads partitions as they stand in the header; what is no number names none. */
  private static Set<Integer> searched(String header) {
    var partitions = new TreeSet<Integer>();
    for (String number : header.split(",", -1)) {
      if (NUMBER.matcher(number).matches()) {
        partitions.add(Integer.parseInt(number));
      }
    }
    return partitions;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
