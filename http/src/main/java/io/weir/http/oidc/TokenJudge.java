package io.weir.http.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.weir.http.access.Caller;
import io.weir.http.access.OidcSettings;
import io.weir.http.access.Role;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Judges the tokens that callers show. It keeps none of them, and says of none why it is wrong. */
final class TokenJudge {
  /** A longer text is no token. A header of that size does not even arrive. */
  private static final int LONGEST = 8_192;

  private static final int LONGEST_NAME = 255;
  private static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");

  /** The same, written out (RFC 9068, section 4). */
  private static final JOSEObjectType LONG_ACCESS_TOKEN = new JOSEObjectType("application/at+jwt");

  private final OidcSettings settings;
  private final KeyRing keys;
  private final InstantSource clock;
  private final Set<JWSAlgorithm> algorithms;
  private final DefaultJWTProcessor<SecurityContext> bearers;

  TokenJudge(OidcSettings settings, KeyRing keys, InstantSource clock) {
    this.settings = settings;
    this.keys = keys;
    this.clock = clock;
    this.algorithms =
        settings.algorithms().stream().map(JWSAlgorithm::parse).collect(Collectors.toSet());
    this.bearers = processor(settings.audiences());
  }

  /** Whose token this is; empty if it is not right. */
  Optional<TokenOwner> owner(String text) {
    return parsed(text).flatMap(token -> verified(token, bearers)).flatMap(this::owner);
  }

  /** The same for the token that the page gets at the end of a sign-in. */
  Optional<TokenOwner> ownerOfIdToken(String text, String client, String nonce) {
    return parsed(text)
        .flatMap(token -> verified(token, processor(Set.of(client))))
        .filter(claims -> nonce.equals(claims.getClaim("nonce")) && isFor(client, claims))
        .flatMap(this::owner);
  }

  /** A token with more audiences says for whom it was made. */
  private static boolean isFor(String client, JWTClaimsSet claims) {
    Object party = claims.getClaim("azp");
    return party == null ? claims.getAudience().size() == 1 : client.equals(party);
  }

  /** Whether a text has the form of a signed token, so that its signature would be looked at. */
  static boolean isToken(String text) {
    return parsed(text).isPresent();
  }

  /** Whether only the provider's newest keys can say if a token is right. */
  boolean isOfUnknownKey(String text) {
    return parsed(text)
        .filter(token -> isForUs(token) && !keys.has(token.getHeader().getKeyID()))
        .isPresent();
  }

  /** What everybody can write into a token, before its signature is asked for. */
  private boolean isForUs(SignedJWT token) {
    try {
      JWTClaimsSet claims = token.getJWTClaimsSet();
      return algorithms.contains(token.getHeader().getAlgorithm())
          && settings.issuer().equals(claims.getIssuer())
          && claims.getExpirationTime() != null
          && claims.getExpirationTime().toInstant().plus(settings.skew()).isAfter(clock.instant());
    } catch (ParseException _) {
      return false;
    }
  }

  private static Optional<SignedJWT> parsed(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      return Optional.of(SignedJWT.parse(text));
    } catch (ParseException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Optional<JWTClaimsSet> verified(
      SignedJWT token, DefaultJWTProcessor<SecurityContext> processor) {
    try {
      // The processor asks for the names of the claims only: both could be null.
      return Optional.of(processor.process(token, null))
          .filter(claims -> claims.getExpirationTime() != null && claims.getSubject() != null);
    } catch (BadJOSEException | JOSEException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private Optional<TokenOwner> owner(JWTClaimsSet claims) {
    String subject = claims.getSubject();
    if (subject.isBlank() || subject.length() > LONGEST_NAME) {
      return Optional.empty();
    }
    Optional<Role> role = settings.roles().of(claims.getClaims());
    String label =
        Stream.of("name", "preferred_username")
            .map(claims::getClaim)
            .filter(String.class::isInstance)
            .map(String.class::cast)
            .filter(name -> !name.isBlank() && name.length() <= LONGEST_NAME)
            .findFirst()
            .orElse(subject);
    return Optional.of(
        new TokenOwner(role.map(known -> new Caller("oidc:" + subject, known, label))));
  }

  private DefaultJWTProcessor<SecurityContext> processor(Set<String> audiences) {
    var claims =
        new DefaultJWTClaimsVerifier<SecurityContext>(
            audiences,
            new JWTClaimsSet.Builder().issuer(settings.issuer()).build(),
            Set.of("sub", "exp"),
            Set.of()) {
          @Override
          protected Date currentTime() {
            return Date.from(clock.instant());
          }
        };
    claims.setMaxClockSkew((int) settings.skew().toSeconds());
    var processor = new DefaultJWTProcessor<SecurityContext>();
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys));
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, ACCESS_TOKEN, LONG_ACCESS_TOKEN, null));
    processor.setJWTClaimsSetVerifier(claims);
    return processor;
  }
}
