package io.weir.http;

import io.micronaut.core.annotation.AnnotationMetadata;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.MethodBasedRouteMatch;
import io.micronaut.web.router.RouteAttributes;
import io.weir.http.access.Access;
import io.weir.http.access.Allowed;
import io.weir.http.access.Caller;
import io.weir.http.access.HostNames;
import io.weir.http.access.Open;
import io.weir.http.access.Role;
import io.weir.http.access.Uncounted;
import io.weir.http.oidc.Oidc;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stands before all controllers: asks who calls, and whether that one may. What no annotation opens
 * is closed, also a path that does not exist.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
public final class Doorkeeper {
  /** Names the way of a question that one instance asks another. */
  public static final String FORWARDED = "Weir-Forwarded";

  private static final String CALLER = "weir.caller";
  private static final String STRANGER = "weir.stranger";
  private static final int NETWORK_BYTES = 8;

  private final ListenAddress address;
  private final Access access;
  private final Callers callers;
  private final RateLimit rate;
  private final ForwardedRequests forwarded;

  Doorkeeper(ListenAddress address, Oidc oidc, SessionCookie sessions) {
    this.address = address;
    this.access = address.access();
    this.callers = new Callers(access.keys(), oidc, sessions);
    this.rate = new RateLimit(access.limits().rate());
    this.forwarded = new ForwardedRequests(access);
  }

  /** The caller; empty where nobody has to say who asks. */
  public static Optional<Caller> caller(HttpRequest<?> request) {
    return request.getAttribute(CALLER, Caller.class);
  }

  /**
   * Whether what a request says about its way may be believed. Where callers show keys, only
   * another instance is believed, or an operator. Where instances alone have one, a request that
   * came so far has shown it.
   */
  public static boolean isInstance(HttpRequest<?> request) {
    return !isStranger(request) && caller(request).map(Doorkeeper::isBelieved).orElse(true);
  }

  private static boolean isBelieved(Caller caller) {
    return caller.role() == Role.INSTANCE || caller.role() == Role.OPERATOR;
  }

  /** Whether the request came without the key that others show. */
  static boolean isStranger(HttpRequest<?> request) {
    return request.getAttribute(STRANGER).isPresent();
  }

  /** Returns the refusal, or nothing for a request that may go on. */
  @RequestFilter
  @Nullable HttpResponse<?> check(HttpRequest<?> request) {
    HttpResponse<?> refusal = refusal(request);
    return refusal == null ? BodyProblems.refusal(request) : refusal;
  }

  private @Nullable HttpResponse<?> refusal(HttpRequest<?> request) {
    Optional<MethodBasedRouteMatch<?, ?>> route = route(request);
    if (address.management().isPresent()) {
      boolean isManagement = request.getServerAddress().getPort() == address.management().get();
      boolean isOps =
          route.filter(match -> match.getDeclaringType() == OpsController.class).isPresent();
      if (isManagement != isOps) {
        return nothing(request);
      }
      if (isManagement) {
        return null;
      }
    }
    boolean isByToken = callers.isByToken(request);
    long held = isByToken ? secondsHeld(request) : 0;
    if (held > 0) {
      // What is open stays so, for one whom nobody knows.
      return isOpen(route)
          ? judged(request, route, Callers.Visitor.stranger(Callers.Reason.UNKNOWN))
          : tooMany(held);
    }
    Callers.Visitor visitor = callers.of(request);
    long wait = isByToken && visitor.why() == Callers.Reason.UNKNOWN ? countWrong(request) : 0;
    return wait > 0 ? tooMany(wait) : judged(request, route, visitor);
  }

  private @Nullable HttpResponse<?> judged(
      HttpRequest<?> request,
      Optional<MethodBasedRouteMatch<?, ?>> route,
      Callers.Visitor visitor) {
    Optional<Caller> caller = visitor.caller();
    long wait = isCounted(route, caller) ? secondsToWait(request, caller) : 0;
    if (wait > 0) {
      return tooMany(wait);
    }
    if (forwarded.isForged(request)) {
      return forged();
    }
    return switch (access.mode()) {
      case OPEN -> isNamed(request) ? null : unknownName();
      case LOCAL -> isOfThisMachine(request) ? null : foreignName();
      case CLOSED -> closed(request, route, visitor);
    };
  }

  private static boolean isCounted(
      Optional<MethodBasedRouteMatch<?, ?>> route, Optional<Caller> caller) {
    boolean isInstance = caller.filter(known -> known.role() == Role.INSTANCE).isPresent();
    boolean isFree = route.filter(match -> match.hasAnnotation(Uncounted.class)).isPresent();
    return !isInstance && !isFree;
  }

  /**
   * A signature takes time to look at: an address that showed too many wrong tokens does not get
   * it. A token that was right before does. What strangers without a token ask is counted apart.
   */
  private long secondsHeld(HttpRequest<?> request) {
    return callers.isKnownToken(request)
        ? 0
        : rate.secondsLeft(wrongTokens(request), System.nanoTime());
  }

  private long countWrong(HttpRequest<?> request) {
    return rate.secondsToWait(wrongTokens(request), System.nanoTime());
  }

  private static String wrongTokens(HttpRequest<?> request) {
    return "/token" + network(request.getRemoteAddress().getAddress());
  }

  private static boolean isOpen(Optional<MethodBasedRouteMatch<?, ?>> route) {
    return route.filter(match -> match.hasAnnotation(Open.class)).isPresent();
  }

  /** Instances ask each other as often as their callers ask them, who were counted there. */
  private long secondsToWait(HttpRequest<?> request, Optional<Caller> caller) {
    String address = network(request.getRemoteAddress().getAddress());
    if (ForwardedRequests.isOne(request) && !forwarded.isForged(request)) {
      if (access.mode() != Access.Mode.CLOSED) {
        return forwarded.secondsToWait(address);
      }
      if (caller.filter(Doorkeeper::isBelieved).isPresent()) {
        return 0;
      }
    }
    return rate.secondsToWait(caller.map(Caller::name).orElse(address), System.nanoTime());
  }

  /** One client has a whole network of IPv6 addresses. No name of a key looks like this. */
  private static String network(@Nullable InetAddress address) {
    if (address == null) {
      return "/";
    }
    byte[] bytes = address.getAddress();
    return "/" + HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, NETWORK_BYTES));
  }

  private @Nullable HttpResponse<?> closed(
      HttpRequest<?> request,
      Optional<MethodBasedRouteMatch<?, ?>> route,
      Callers.Visitor visitor) {
    Optional<Caller> caller = visitor.caller();
    caller.ifPresentOrElse(
        known -> request.setAttribute(CALLER, known), () -> request.setAttribute(STRANGER, true));
    if (isOpen(route)) {
      return null;
    }
    if (caller.isEmpty()) {
      return refused(visitor.why());
    }
    Role role = caller.get().role();
    return role == Role.OPERATOR || route.isEmpty() || isAllowed(role, request, route.get())
        ? null
        : Problem.response(
            HttpStatus.FORBIDDEN, "the role " + role.word() + " does not allow this");
  }

  private static HttpResponse<?> refused(Callers.Reason why) {
    return switch (why) {
      case NO_ROLE ->
          Problem.response(HttpStatus.FORBIDDEN, "this token gives no role that allows anything");
      case NOT_YET ->
          Problem.notNow("no token can be judged yet: the provider of tokens does not answer");
      case NONE, UNKNOWN ->
          Problem.response(HttpStatus.UNAUTHORIZED, "this needs a key: Authorization: Bearer KEY")
              .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    };
  }

  private static boolean isAllowed(
      Role role, HttpRequest<?> request, AnnotationMetadata annotations) {
    if (annotations.hasAnnotation(Allowed.class)) {
      return Arrays.asList(annotations.enumValues(Allowed.class, Role.class)).contains(role);
    }
    return isReading(request) && (role == Role.READER || role == Role.INSTANCE);
  }

  private static boolean isReading(HttpRequest<?> request) {
    return switch (request.getMethod()) {
      case GET, HEAD -> true;
      default -> false;
    };
  }

  private static Optional<MethodBasedRouteMatch<?, ?>> route(HttpRequest<?> request) {
    return RouteAttributes.getRouteMatch(request)
        .filter(MethodBasedRouteMatch.class::isInstance)
        .map(match -> (MethodBasedRouteMatch<?, ?>) match);
  }

  /** A page of the web could give its own name the address of this machine. */
  private boolean isOfThisMachine(HttpRequest<?> request) {
    String host = request.getHeaders().get(HttpHeaders.HOST);
    if (host == null) {
      return true;
    }
    String name = host.toLowerCase(Locale.ROOT);
    return HostNames.isOfThisMachine(host)
        || name.equals(address.host())
        || name.startsWith(address.host() + ":");
  }

  private boolean isNamed(HttpRequest<?> request) {
    String host = request.getHeaders().get(HttpHeaders.HOST);
    return host == null || access.hosts().isKnown(host) || isOfThisMachine(request);
  }

  private static HttpResponse<?> tooMany(long wait) {
    return Problem.response(HttpStatus.TOO_MANY_REQUESTS, "too many requests; ask more slowly")
        .header(HttpHeaders.RETRY_AFTER, Long.toString(wait));
  }

  private static HttpResponse<?> forged() {
    return Problem.response(
        HttpStatus.FORBIDDEN,
        FORWARDED + " is for instances, which show the key that WEIR_HTTP_KEY of all of them has");
  }

  private static HttpResponse<?> foreignName() {
    return Problem.response(
        HttpStatus.FORBIDDEN,
        "the Host header names another machine; a service behind a proxy needs WEIR_HTTP_KEYS, or"
            + " WEIR_HTTP_OPEN=true");
  }

  private static HttpResponse<?> unknownName() {
    return Problem.response(
        HttpStatus.FORBIDDEN,
        "the Host header has a name that this service does not know; put it into WEIR_HTTP_HOSTS");
  }

  private static HttpResponse<?> nothing(HttpRequest<?> request) {
    return Problem.response(
        HttpStatus.NOT_FOUND, "there is nothing at " + request.getPath() + " of this port");
  }
}
