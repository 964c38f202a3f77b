package io.weir.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection whose request does not arrive whole in time, however often a byte of it comes.
 * All of it runs in the connection's own thread.
 */
final class SlowRequests {
  private final Duration patience;
  private @Nullable Future<?> deadline;

  SlowRequests(Duration patience) {
    this.patience = patience;
  }

  /** Stands before the decoder: the first byte of a request starts the clock. */
  ChannelHandler bytes() {
    return new ChannelInboundHandlerAdapter() {
      @Override
      public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (deadline == null) {
          deadline =
              context
                  .executor()
                  .schedule(
                      () -> end(context.channel()), patience.toMillis(), TimeUnit.MILLISECONDS);
        }
        super.channelRead(context, message);
      }

      @Override
      public void channelInactive(ChannelHandlerContext context) throws Exception {
        arrived();
        super.channelInactive(context);
      }
    };
  }

  /** Stands behind the decoder: the end of a request stops the clock. */
  ChannelHandler requests() {
    return new ChannelInboundHandlerAdapter() {
      @Override
      public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (message instanceof LastHttpContent) {
          arrived();
        }
        super.channelRead(context, message);
      }
    };
  }

  private static void end(Channel channel) {
    ChannelFuture _ = channel.close();
  }

  private void arrived() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }
}
