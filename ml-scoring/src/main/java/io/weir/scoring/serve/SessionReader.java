package io.weir.scoring.serve;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.contract.avro.Session;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads sessions with the fields of the sessions topic. Lists are not read, because no feature
 * depends on them.
 */
final class SessionReader {
  static final int MOST = 1_000;

  /** Zero would be a wrong answer for these, not an unknown one. */
  private static final List<String> REQUIRED =
      List.of("start_time", "visitor_session_number", "features");

  /** The same for sessions that have closed, whose end the return model needs. */
  private static final List<String> REQUIRED_OF_CLOSED =
      List.of("end_time", "duration_ms", "events", "visitor_session_number");

  private SessionReader() {}

  static List<Session> read(JsonNode sessions) throws WrongRequestException {
    return list(sessions, "sessions", REQUIRED);
  }

  /** Reads sessions with the fields that they have once they have closed. */
  static List<Session> readClosed(JsonNode sessions) throws WrongRequestException {
    return list(sessions, "closed_sessions", REQUIRED_OF_CLOSED);
  }

  private static List<Session> list(JsonNode sessions, String member, List<String> required)
      throws WrongRequestException {
    if (!sessions.isArray() || sessions.isEmpty() || sessions.size() > MOST) {
      throw new WrongRequestException(member + " must be a list of 1 to " + MOST + " sessions");
    }
    var read = new ArrayList<Session>(sessions.size());
    for (JsonNode session : sessions) {
      read.add(read(session, member + "[" + read.size() + "]", required));
    }
    return read;
  }

  /** Reads one session; messages name its place. */
  static Session read(JsonNode session, String place) throws WrongRequestException {
    return read(session, place, REQUIRED);
  }

  private static Session read(JsonNode session, String place, List<String> required)
      throws WrongRequestException {
    for (String field : required) {
      if (!session.hasNonNull(field)) {
        throw new WrongRequestException(place + " has no " + field);
      }
    }
    var record = new Session();
    RequestRecord.fill(record, session, place);
    return record;
  }
}
