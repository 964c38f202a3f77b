package io.weir.benchmarks.queries;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.weir.benchmarks.queries.HttpConnection.HttpReply;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class HttpConnectionTest {
  @Test
  void oneConnection_servesManyRequests() throws IOException {
    var clients = ConcurrentHashMap.<InetSocketAddress>newKeySet();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    server.createContext(
        "/",
        exchange -> {
          clients.add(exchange.getRemoteAddress());
          byte[] body = ("für " + exchange.getRequestURI()).getBytes(UTF_8);
          exchange.sendResponseHeaders(404, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try (HttpConnection connection = HttpConnection.open(server.getAddress().getPort())) {
      assertThat(connection.get("/a")).isEqualTo(new HttpReply(404, "für /a"));
      assertThat(connection.get("/b?c=1")).isEqualTo(new HttpReply(404, "für /b?c=1"));
      assertThat(clients).hasSize(1);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void serverThatHangsUp_isAnError() throws IOException {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        HttpConnection connection = HttpConnection.open(server.getLocalPort())) {
      server.accept().close();

      assertThatThrownBy(() -> connection.get("/"))
          .isInstanceOfAny(EOFException.class, SocketException.class);
    }
  }
}
