package io.weir.sink.storage;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Executors;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.rest.CatalogHandlers;
import org.apache.iceberg.rest.RESTCatalogProperties.SnapshotMode;
import org.apache.iceberg.rest.RESTSerializers;
import org.apache.iceberg.rest.requests.CreateNamespaceRequest;
import org.apache.iceberg.rest.requests.CreateTableRequest;
import org.apache.iceberg.rest.requests.UpdateTableRequest;
import org.apache.iceberg.rest.responses.ConfigResponse;
import org.apache.iceberg.rest.responses.ErrorResponse;

/**
 * A REST catalog that answers the sink's requests from another catalog, through Iceberg's handlers.
 */
final class RestCatalogServer {
  private static final String ROOT = "/v1/";

  private final ObjectMapper json = new ObjectMapper();
  private final Catalog catalog;
  private final SupportsNamespaces namespaces;

  private RestCatalogServer(Catalog catalog) {
    this.catalog = catalog;
    this.namespaces = (SupportsNamespaces) catalog;
    json.setVisibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY);
    json.configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
    json.setPropertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE);
    RESTSerializers.registerAll(json);
  }

  static HttpServer start(Catalog catalog) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(ROOT, new RestCatalogServer(catalog)::handle);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().substring(ROOT.length());
    try (exchange) {
      try {
        send(exchange, 200, answer(exchange, exchange.getRequestMethod(), path.split("/", -1)));
      } catch (RuntimeException e) {
        int status = status(e);
        var error = ErrorResponse.builder().responseCode(status).withMessage(e.getMessage());
        send(exchange, status, error.withType(e.getClass().getSimpleName()).build());
      }
    }
  }

  private Object answer(HttpExchange exchange, String method, String[] path) throws IOException {
    if (path.length == 1) {
      return switch (method + path[0]) {
        case "GETconfig" -> ConfigResponse.builder().build();
        case "GETnamespaces" -> CatalogHandlers.listNamespaces(namespaces, Namespace.empty());
        default ->
            CatalogHandlers.createNamespace(
                namespaces,
                json.readValue(exchange.getRequestBody(), CreateNamespaceRequest.class));
      };
    }
    Namespace namespace = Namespace.of(path[1]);
    return switch (path.length) {
      case 2 -> CatalogHandlers.loadNamespace(namespaces, namespace);
      case 3 -> tables(exchange, method, namespace);
      case 4 -> table(exchange, method, TableIdentifier.of(namespace, path[3]));
      default -> List.of();
    };
  }

  private Object tables(HttpExchange exchange, String method, Namespace namespace)
      throws IOException {
    if (method.equals("GET")) {
      return CatalogHandlers.listTables(catalog, namespace);
    }
    var request = json.readValue(exchange.getRequestBody(), CreateTableRequest.class);
    return CatalogHandlers.createTable(catalog, namespace, request);
  }

  private Object table(HttpExchange exchange, String method, TableIdentifier table)
      throws IOException {
    if (!method.equals("POST")) {
      return CatalogHandlers.loadTable(catalog, table, SnapshotMode.ALL);
    }
    var request = json.readValue(exchange.getRequestBody(), UpdateTableRequest.class);
    return CatalogHandlers.updateTable(catalog, table, request);
  }

  private void send(HttpExchange exchange, int status, Object answer) throws IOException {
    byte[] body = json.writeValueAsBytes(answer);
    boolean isBare = exchange.getRequestMethod().equals("HEAD");
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, isBare ? -1 : body.length);
    if (!isBare) {
      exchange.getResponseBody().write(body);
    }
  }

  private static int status(RuntimeException e) {
    return switch (e) {
      case NoSuchTableException _, NoSuchNamespaceException _ -> 404;
      case AlreadyExistsException _, CommitFailedException _ -> 409;
      case IllegalArgumentException _ -> 400;
      default -> 500;
    };
  }
}
