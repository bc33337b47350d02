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
        Call<EnrolleeInfo> call = new SmileIdRelay("https://app.bank.example/api/smile").enrolleeInfo("user-42");
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

    private static final String USER = "{\"name\":\"jane\",\"organisationName\":\"o\",\"userAppearance\":{},\"userAttribute\":{\"x\":1.10},\"userAddress\":{},"
            + "\"userBiometrics\":[],\"userIDProofDocuments\":{},\"userEnrollmentHistoryList\":[]}";

    @Test
    void anIntentIsTextOnItsWay() {
        Intent intent = Intent.signUp(USER, "o").withUserFields("{\"userStatus\":\"Active\"}");
        assertTrue(intent.getUser().toString().contains("1.10"), "every digit");
        assertEquals(intent, Intent.parse(intent.toJson().getBytes(StandardCharsets.UTF_8), new SignUpRules(false, true)));
        assertEquals(Action.UNIFYIA_BRANDING, Intent.branding("o").getAction());
        assertEquals("o", Intent.branding("o").getOrganization());
        for (Intent one : List.of(Intent.reEnroll("u"), Intent.deactivate("u"), Intent.reactivate("u"), Intent.flagFraud("u"), Intent.clearFraud("u"),
                Intent.enrolleeInfo("u"), Intent.deletePermanently("u", "u"))) {
            assertEquals(Action.ofSlug(one.getAction().getSlug()), one.getAction());
            assertEquals(one.getUserId(), Intent.parse(one.toJson(), new SignUpRules()).getUserId());
        }
        assertNull(Action.ofSlug("no such"));
    }

    @Test
    void unifyiaIsCalledWithTextAndWithObjects() {
        String options = "{\"base_url\":\"https://id.bank.example\"}";
        try (Unifyia unifyia = Unifyia.fromJson(options, "token").withToken("another")) {
            Call<SignedUp> call = unifyia.signUp(USER);
            assertEquals(call.getBody(), unifyia.signUp(Intent.signUp(USER).getUser(), "o").getBody());
            Call<Outcome> same = unifyia.call(Intent.signUp(USER));
            assertEquals(call.getBody(), same.getBody());
            assertEquals(call.getUrl(), unifyia.call(Intent.signUp(USER).toJson()).getUrl());
            SignedUp outcome = call.read(200, "{\"id\":9007199254740993}");
            assertEquals("{\"id\":9007199254740993}", String.valueOf(outcome.getJson()));
            Outcome read = Outcome.fromJson(outcome.toJson());
            assertEquals(outcome.toJson(), read.toJson());
            assertEquals(List.of(), unifyia.check(USER, false, "o"));
            assertEquals(ViolationCode.SET_BY_SERVER, unifyia.check("{\"id\":7}", true).stream().filter(one -> one.getPath().equals("id")).findFirst().orElseThrow().getCode());
            Branding branding = unifyia.branding("o").read(200, "{\"language\":\"en\"}");
            assertEquals("en", branding.getLanguage());
            UnifyiaRawRequest request = new UnifyiaRawRequest(Method.GET, RawPath.ofSteps(List.of("organizations", "o")), Map.of("X-A", "b"), null, Map.of("page", List.of("1")));
            RawReply reply = unifyia.raw(request).read(200, "{\"x\":1.10}");
            assertEquals("{\"x\":1.10}", String.valueOf(reply.getJson()));
            assertTrue(unifyia.raw("{\"method\":\"POST\",\"path\":\"/x\",\"body\":{\"x\":1.10}}").getBody().contains("1.10"), "every digit");
        }
        assertEquals("UnifyiaRelay(https://app.bank.example/api)", new UnifyiaRelay("https://app.bank.example/api").toString());
    }

    @Test
    void smileIdIsCalledByOptionsThatAreText() {
        String options = "{\"partner_id\":\"085\",\"environment\":\"sandbox\",\"operator\":\"ops@bank.example\"}";
        try (SmileId smile = SmileId.fromJson(options, "key"); SmileId other = smile.withOperator("other@bank.example")) {
            assertEquals(smile.deactivate("u", TIME).getUrl(), other.deactivate("u", TIME).getUrl());
            SmileId holder = SmileId.fromJsonWithPair(options, smile.sign(TIME).toJson(), TIME);
            assertEquals(smile.clearFraud("u", TIME).getBody(), holder.call(Intent.clearFraud("u"), TIME).getBody());
            assertEquals(Operation.SMILE_ID_RAW, smile.raw(new SmileIdRawRequest(RawHost.values()[0], Method.GET, RawPath.of("/v2/jobs"), RawAuth.HEADERS)).getOperation());
            InvalidInputException error = assertThrows(InvalidInputException.class, () -> smile.deletePermanently("u", "v"));
            EnrollkitException read = EnrollkitException.fromJson(error.toJson());
            assertEquals(ErrorCode.INVALID_INPUT, read.getCode());
            assertEquals(error.getViolations(), ((InvalidInputException) read).getViolations());
        }
    }

    @Test
    void aWebhookIsVerifiedByTheHeadersThatAFrameworkGives() {
        String time = TIME.toString();
        String signature = Enrollkit.signature("key", time, "085");
        Map<String, List<String>> headers = Map.of("Response-Timestamp", List.of(time), "Response-Signature", List.of(signature), "User-ID", List.of("u"));
        try (Verifier verifier = new Verifier("085", List.of("key"), 300, 60, true)) {
            Verified message = verifier.webhook(headers, "{\"x\":1.10}".getBytes(StandardCharsets.UTF_8), TIME);
            assertEquals("u", message.getUserId());
            assertEquals("{\"x\":1.10}", String.valueOf(message.getJson()));
            assertNull(verifier.webhookRefusal(headers, new byte[0], TIME));
            assertThrows(SignatureRefusedException.class, () -> verifier.callback(new byte[0]));
        }
    }
}
