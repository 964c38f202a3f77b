package io.weir.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Stands between the decoder and the server, which unpacks more than the API offers, and takes
 * chunks that cannot be read for the end of a body. All of it runs in the connection's own thread.
 */
final class WholeBodies extends ChannelDuplexHandler {
  /** Has the coding of a body that nobody unpacks, instead of the header that named it. */
  static final String REFUSED = "Weir-Refused-Encoding";

  private static final String CHUNKED = "chunked";
  private static final Set<String> OFFERED =
      Set.of("", "identity", "gzip", "x-gzip", "deflate", "x-deflate");

  private int unanswered;
  private boolean isOver;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (isOver) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof HttpRequest request) {
      unanswered++;
      look(request);
    } else if (message instanceof HttpContent content && content.decoderResult().isFailure()) {
      Throwable cause = content.decoderResult().cause();
      content.release();
      end(context, cause);
      return;
    }
    super.channelRead(context, message);
  }

  private void look(HttpRequest request) {
    HttpHeaders headers = request.headers();
    headers.remove(REFUSED);
    List<String> packings = headers.getAll(HttpHeaderNames.CONTENT_ENCODING);
    String packing = String.join(",", packings).strip();
    if (!OFFERED.contains(packing.toLowerCase(Locale.ROOT))) {
      headers.remove(HttpHeaderNames.CONTENT_ENCODING);
      if (hasBody(headers)) {
        headers.set(REFUSED, packing);
      }
    }
    List<String> transfers = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
    if (!transfers.isEmpty() && !String.join(",", transfers).strip().equalsIgnoreCase(CHUNKED)) {
      request.setDecoderResult(
          DecoderResult.failure(new IllegalArgumentException("Transfer-Encoding is not chunked")));
      isOver = true;
    }
  }

  private static boolean hasBody(HttpHeaders headers) {
    return headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
        || !headers.get(HttpHeaderNames.CONTENT_LENGTH, "0").equals("0");
  }

  /** What comes after such a chunk is no request, wherever it seems to begin. */
  private void end(ChannelHandlerContext context, Throwable cause) {
    isOver = true;
    if (unanswered == 0) {
      ChannelFuture _ = context.close();
    } else {
      context.fireExceptionCaught(new BrokenBodyException(cause));
    }
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
      throws Exception {
    ChannelPromise done = promise;
    if (message instanceof HttpResponse response) {
      if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
        super.write(context, message, promise);
        return;
      }
      if (isOver && unanswered == 1) {
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
      }
    }
    if (message instanceof LastHttpContent) {
      unanswered--;
      if (isOver && unanswered == 0) {
        done = promise.unvoid().addListener(ChannelFutureListener.CLOSE);
      }
    }
    super.write(context, message, done);
  }
}
