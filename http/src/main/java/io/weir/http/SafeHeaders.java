package io.weir.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.weir.http.access.HostNames;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives every answer the headers that keep a browser from misusing it, also the answers that the
 * server gives before a filter runs. What a controller set stays.
 */
final class SafeHeaders extends ChannelDuplexHandler {
  private static final String ONLY_TLS = "Strict-Transport-Security";
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "SAMEORIGIN",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Cache-Control", "no-store");

  private final Optional<Duration> memory;
  private @Nullable String host;

  /**
   * @param memory how long a browser asks by HTTPS alone, zero to forget it; empty for plain HTTP
   */
  SafeHeaders(Optional<Duration> memory) {
    this.memory = memory;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (message instanceof HttpRequest request) {
      host = request.headers().get(HttpHeaderNames.HOST);
    }
    super.channelRead(context, message);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
      throws Exception {
    if (message instanceof HttpResponse response) {
      HttpHeaders headers = response.headers();
      HEADERS.forEach((name, value) -> {
        if (!headers.contains(name)) {
          headers.set(name, value);
        }
      });
      memory
          .filter(this::isTold)
          .ifPresent(time -> headers.set(ONLY_TLS, "max-age=" + time.toSeconds()));
    }
    super.write(context, message, promise);
  }

  /** Other services of this machine share its names, and may have plain HTTP. */
  private boolean isTold(Duration time) {
    return time.isZero() || (host != null && !HostNames.isOfThisMachine(host));
  }
}
