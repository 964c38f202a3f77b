package io.weir.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/**
 * Gives every answer the headers that keep a browser from misusing it, also the answers that the
 * server gives before a filter runs. What a controller set stays.
 */
final class SafeHeaders extends ChannelOutboundHandlerAdapter {
  private static final String ONLY_TLS = "Strict-Transport-Security";
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "SAMEORIGIN",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Cache-Control", "no-store");

  private final Duration memory;

  /**
   * @param memory how long a browser asks by HTTPS alone; zero for plain HTTP
   */
  SafeHeaders(Duration memory) {
    this.memory = memory;
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
      if (memory.isPositive()) {
        headers.set(ONLY_TLS, "max-age=" + memory.toSeconds());
      }
    }
    super.write(context, message, promise);
  }
}
