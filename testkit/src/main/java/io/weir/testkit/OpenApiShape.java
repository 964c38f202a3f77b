package io.weir.testkit;

import static io.weir.testkit.YamlTree.child;
import static io.weir.testkit.YamlTree.list;
import static io.weir.testkit.YamlTree.map;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The promises of an OpenAPI document to its callers, one line each: operations, parameters,
 * statuses, headers, media types, and the fields of JSON bodies with their types. Names of schemas,
 * texts and formats do not count, so two documents that promise the same have equal lines.
 */
public final class OpenApiShape {
  private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch");
  private static final String ANYTHING = "anything";

  private final Map<String, Object> document;
  private final SortedSet<String> lines = new TreeSet<>();

  private OpenApiShape(Map<String, Object> document) {
    this.document = document;
  }

  /** All operations of the document. */
  public static SortedSet<String> operations(String yaml) {
    OpenApiShape shape = parsed(yaml);
    child(shape.document, "paths").forEach((path, item) -> shape.path(path, map(item)));
    return shape.lines;
  }

  /** The fields of a schema, by its name. */
  public static SortedSet<String> schema(String yaml, String name) {
    OpenApiShape shape = parsed(yaml);
    shape.fields(name, child(child(child(shape.document, "components"), "schemas"), name));
    return shape.lines;
  }

  private static OpenApiShape parsed(String yaml) {
    return new OpenApiShape(YamlTree.of(yaml));
  }

  private void path(String path, Map<String, Object> item) {
    for (String method : METHODS) {
      if (item.containsKey(method)) {
        operation(method.toUpperCase(Locale.ROOT) + " " + path, child(item, method));
      }
    }
  }

  private void operation(String name, Map<String, Object> operation) {
    lines.add(name);
    for (Object each : list(operation.get("parameters"))) {
      Map<String, Object> parameter = resolved(map(each));
      boolean isRequired = Boolean.TRUE.equals(parameter.get("required"));
      lines.add(
          "%s %s %s: %s%s"
              .formatted(
                  name,
                  parameter.get("in"),
                  parameter.get("name"),
                  type(resolved(child(parameter, "schema"))),
                  isRequired ? ", required" : ""));
    }
    content(name + " body", resolved(child(operation, "requestBody")));
    child(operation, "responses")
        .forEach((status, response) -> response(name + " " + status, resolved(map(response))));
  }

  private void response(String name, Map<String, Object> response) {
    lines.add(name);
    child(response, "headers").keySet().forEach(header -> lines.add(name + " header " + header));
    content(name, response);
  }

  private void content(String name, Map<String, Object> owner) {
    child(owner, "content")
        .forEach((mediaType, body) -> {
          lines.add(name + " " + mediaType);
          if (mediaType.endsWith("json")) {
            fields(name + " " + mediaType + " ", child(map(body), "schema"));
          }
        });
  }

  private void fields(String name, Map<String, Object> written) {
    Map<String, Object> schema = resolved(written);
    Map<String, Object> properties = child(schema, "properties");
    if (!properties.isEmpty()) {
      properties.forEach((field, of) -> fields(name + "." + field, map(of)));
    } else if (schema.containsKey("items")) {
      fields(name + "[]", child(schema, "items"));
    } else if (isMapOfOneType(schema)) {
      fields(name + "{}", child(schema, "additionalProperties"));
    } else {
      lines.add(name + ": " + type(schema));
    }
  }

  private boolean isMapOfOneType(Map<String, Object> schema) {
    if (schema.get("additionalProperties") instanceof Map<?, ?>) {
      Map<String, Object> of = resolved(child(schema, "additionalProperties"));
      return of.containsKey("properties") || !type(of).equals(ANYTHING);
    }
    return false;
  }

  /** The same without references, and without "or null". */
  private Map<String, Object> resolved(Map<String, Object> written) {
    if (written.get("$ref") instanceof String reference) {
      Map<String, Object> found = document;
      for (String step : reference.substring("#/".length()).split("/", -1)) {
        found = child(found, step);
      }
      return resolved(found);
    }
    for (String choice : List.of("allOf", "oneOf", "anyOf")) {
      List<Map<String, Object>> real =
          list(written.get(choice)).stream()
              .map(YamlTree::map)
              .filter(each -> each.containsKey("$ref") || !type(each).equals("null"))
              .filter(each -> each.containsKey("$ref") || each.containsKey("type"))
              .toList();
      if (real.size() == 1) {
        return resolved(real.getFirst());
      }
    }
    return written;
  }

  private static String type(Map<String, Object> schema) {
    Object type = schema.get("type");
    if (type instanceof List<?> several) {
      List<?> real = several.stream().filter(each -> !"null".equals(each)).toList();
      return real.isEmpty() ? "null" : String.valueOf(real.getFirst());
    }
    if (type == null) {
      return schema.containsKey("enum") ? "string" : ANYTHING;
    }
    return type.toString();
  }
}
