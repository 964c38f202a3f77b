package io.weir.http.access;

import io.weir.process.Settings;
import io.weir.process.StartupException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The claim of a token that names the roles of its owner, and what they are here.
 *
 * @param claim its name, or a way into it such as {@code realm_access.roles}
 * @param roles by the provider's words
 */
public record RoleClaim(String claim, Map<String, Role> roles) {
  private static final String CLAIM = "http.oidc-roles-claim";
  private static final String ROLES = "http.oidc-roles";
  private static final String USUAL =
      "weir-reader=reader,weir-operator=operator,weir-collector=collector";

  /** The order in which one of several roles is chosen. */
  private static final List<Role> STRONGEST_FIRST =
      List.of(Role.OPERATOR, Role.READER, Role.COLLECTOR);

  public RoleClaim {
    roles = Map.copyOf(roles);
  }

  static RoleClaim from(Settings settings) {
    String text = settings.text(ROLES, USUAL);
    var roles = new HashMap<String, Role>();
    for (String entry : text.split("[,\\s]+", -1)) {
      int sign = entry.lastIndexOf('=');
      Optional<Role> role = Role.named(entry.substring(sign + 1)).filter(STRONGEST_FIRST::contains);
      if (sign < 1 || role.isEmpty()) {
        throw new StartupException(
            "%s: %s is not WORD=ROLE with one of the roles reader, operator and collector"
                .formatted(Settings.variable(ROLES), entry));
      }
      if (roles.put(entry.substring(0, sign), role.get()) != null) {
        throw new StartupException(
            Settings.variable(ROLES) + ": " + entry.substring(0, sign) + " is there twice");
      }
    }
    return new RoleClaim(settings.text(CLAIM, "roles"), roles);
  }

  /** The role of a token's owner; none if the token names none that is known. */
  public Optional<Role> of(Map<String, Object> claims) {
    Set<Role> all = new HashSet<>();
    for (String word : words(value(claims, claim))) {
      Role role = roles.get(word);
      if (role != null) {
        all.add(role);
      }
    }
    return STRONGEST_FIRST.stream().filter(all::contains).findFirst();
  }

  /** A name may have dots itself, as that of a web address has. */
  private static @Nullable Object value(Map<?, ?> claims, String name) {
    Object whole = claims.get(name);
    int dot = name.indexOf('.');
    if (whole != null || dot < 0) {
      return whole;
    }
    return claims.get(name.substring(0, dot)) instanceof Map<?, ?> inner
        ? value(inner, name.substring(dot + 1))
        : null;
  }

  /** A list, or one text with spaces as scopes have. */
  private static List<String> words(@Nullable Object value) {
    return switch (value) {
      case String text -> List.of(text.split(" ", -1));
      case Collection<?> all ->
          all.stream().filter(String.class::isInstance).map(String.class::cast).toList();
      case null, default -> List.of();
    };
  }
}
