package org.enrollkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a Java program writes: no `Companion`, no `INSTANCE`, no mangled name. */
class JavaTest {
    private static final Instant TIME = Instant.parse("2026-11-22T10:00:00.000Z");

    @Test
    void aServerCallsTheService() {
        SmileIdOptions options = new SmileIdOptions("085", Environment.SANDBOX, "ops@bank.example");
        try (SmileId smile = new SmileId(options, "not-a-real-key")) {
            Call<Acknowledged> call = smile.reEnroll("user-42", TIME);
            assertEquals("POST", call.getMethod());
            assertTrue(call.getBody().contains("\"allow_new_enroll\":true"));
            Acknowledged outcome = call.read(200, "{\"message\":\"ok\"}".getBytes(StandardCharsets.UTF_8), Map.of("Date", List.of("x")));
            assertEquals(Acknowledgement.STATED, outcome.getAcknowledgement());
            SignedPair pair = smile.sign(TIME);
            SmileId holder = SmileId.withPair(options, pair.toJson(), TIME);
            assertEquals(call.getBody(), holder.reEnroll("user-42", TIME).getBody());
            ApiException error = assertThrows(ApiException.class, () -> call.read(401, "{\"code\":\"2205\"}"));
            assertEquals(ErrorKind.UNAUTHORIZED, error.getKind());
            assertTrue(error.getCauses().contains(Cause.CLOCK));
            assertEquals(Operation.SMILE_ID_RE_ENROLL, call.noResponse(error).getOperation());
            assertTrue(call.failed(new java.net.ConnectException()).getNotSent() && !call.notSent().getOutcomeUnknown());
            assertTrue(call.failed(new java.io.IOException("reset")).getOutcomeUnknown());
        }
    }

    @Test
    void anAppAsksItsBackEnd() {
        Call<EnrolleeInfo> call = SmileId.relay("https://app.bank.example/api/smile").enrolleeInfo("user-42");
        Intent intent = Intent.parse(call.getBody());
        assertEquals("user-42", intent.getUserId());
        Map<String, List<String>> headers = Map.of("content-type", List.of("application/json; charset=utf-8"));
        assertEquals(403, Relay.routeRefusal("POST", headers, List.of("https://app.bank.example")).getStatus());
        assertNull(Relay.routeRefusal("POST", headers, List.of(), true));
        RelayAnswer answer = Relay.answer(Relay.refused(intent));
        ApiException error = assertThrows(ApiException.class, () -> call.read(answer.getStatus(), answer.getBody()));
        assertTrue(error.getByRelay());
        assertEquals(Confirmation.UNKNOWN, Enrollkit.confirmedBy(Action.SMILE_ID_DEACTIVATE, error));
    }

    @Test
    void aFormIsChecked() {
        List<Violation> violations = Enrollkit.checkUser("{\"name\":\"jane\",\"id\":7}", new SignUpRules(true));
        assertTrue(violations.stream().anyMatch(one -> one.getPath().equals("id") && one.getCode() == ViolationCode.SET_BY_SERVER));
        assertTrue(Enrollkit.ENROLLMENT_STATUSES.contains("PENDING APPROVAL"));
        assertEquals(16 * 1024 * 1024, Enrollkit.MAX_RESPONSE_BYTES);
        assertEquals(Operation.UNIFYIA_BRANDING, new Unifyia(new UnifyiaOptions("https://id.bank.example")).branding("o").getOperation());
        assertEquals(RefusalReason.MALFORMED, new Verifier("085", List.of("key")).callbackRefusal(new byte[0]));
        List<Violation> other = Enrollkit.checkUser("{\"organisationName\":\"o\"}", new SignUpRules(), "other");
        assertTrue(other.stream().anyMatch(one -> one.getCode() == ViolationCode.MISMATCH));
        assertEquals(44, Enrollkit.signature("key", "time", "085").length());
        assertEquals(TIME, Enrollkit.parseTime("2026-11-22T10:00:00Z"));
    }
}
