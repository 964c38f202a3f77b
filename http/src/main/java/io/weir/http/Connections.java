package io.weir.http;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.weir.process.tls.Tls;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/**
 * Looks at each connection below the server: how long a request takes to arrive, and what goes out.
 */
@Singleton
final class Connections implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
  private final Duration patience;
  private final Tls tls;

  Connections(ListenAddress address) {
    this.patience = address.access().limits().patience();
    this.tls = address.tls();
  }

  @Override
  public NettyServerCustomizer.Registry onCreated(
      BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
    event.getBean().register(new AnyChannel());
    return event.getBean();
  }

  /** Waits for the channel of a connection. */
  private final class AnyChannel implements NettyServerCustomizer {
    @Override
    public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
      return role == ChannelRole.CONNECTION ? new Connection(channel) : this;
    }
  }

  /** One connection. */
  private final class Connection implements NettyServerCustomizer {
    private final Channel channel;

    Connection(Channel channel) {
      this.channel = channel;
    }

    @Override
    public void onStreamPipelineBuilt() {
      ChannelPipeline pipeline = channel.pipeline();
      String codec = ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC;
      if (pipeline.get(codec) != null) {
        boolean isTls = pipeline.get(ChannelPipelineCustomizer.HANDLER_SSL) != null;
        var slow = new SlowRequests(patience);
        pipeline.addAfter(codec, "weir-bodies", new WholeBodies());
        pipeline.addBefore(codec, "weir-bytes", slow.bytes());
        pipeline.addAfter(codec, "weir-requests", slow.requests());
        pipeline.addAfter(
            codec,
            "weir-headers",
            new SafeHeaders(isTls ? Optional.of(tls.memory()) : Optional.empty()));
      }
    }
  }
}
