package bank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.enrollkit.ApiException;
import org.enrollkit.Confirmation;
import org.enrollkit.Environment;
import org.enrollkit.NoResponseException;
import org.enrollkit.SmileId;
import org.enrollkit.SmileIdActions;
import org.enrollkit.SmileIdOptions;
import org.enrollkit.SmileIdRelay;
import org.enrollkit.Unifyia;
import org.enrollkit.UnifyiaOptions;
import org.enrollkit.support.Sandbox;
import org.enrollkit.support.SandboxKt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The README's Java blocks do what the README says. That each is a file beside this one, to the letter, `ReadmeTest` checks. */
class JavaReadmeTest {
    private static Sandbox sandbox;
    private static SmileId smile;

    @BeforeAll
    static void start() {
        sandbox = new Sandbox(List.of("--user", "user-42", "--organization", "Acme Bank", "--keep-bodies"));
        smile = Enrollments.smileOf(SandboxKt.SANDBOX_KEY, sandbox.getUrl());
    }

    @AfterAll
    static void stop() {
        smile.close();
        sandbox.close();
    }

    private static void fault(String name) {
        sandbox.control("POST", "/faults", "{\"fault\":\"" + name + "\",\"times\":1}");
    }

    @Test
    void aLostAnswerIsLookedUpNotSentAgain() {
        Enrollments enrollments = new Enrollments(smile);
        assertEquals(Confirmation.IN_EFFECT, enrollments.deactivate("user-42"));
        for (String name : List.of("drop_after", "empty")) {
            fault(name);
            assertEquals(Confirmation.IN_EFFECT, enrollments.deactivate("user-42"), name);
        }
        assertThrows(ApiException.class, () -> enrollments.deactivate("nobody"));
    }

    @Test
    void aFormIsCheckedWhileOneTypesThenSignedUp() {
        SignUps signUps = new SignUps(new Unifyia(new UnifyiaOptions(sandbox.getUrl())));
        Map<String, String> errors = signUps.errors(null, "nobody", null);
        assertEquals(Set.of("name", "email", "userAttribute"), errors.keySet());
        assertEquals("must be an e-mail address", errors.get("email"));
        assertEquals("name is required, userAttribute is required", signUps.submit(null, "jane@bank.example", null));
        assertEquals("email must be an e-mail address", signUps.submit("jane", "nobody", "{}"));
        assertEquals("userAttribute must be of type object", signUps.submit("jane", "jane@bank.example", "[]"));
        assertEquals("Welcome!", signUps.submit("jane", "jane@bank.example", "{\"height\":1.80}"));
        assertTrue(sandbox.control("GET", "/sign_ups", null).contains("1.80"), "every digit");
    }

    @Test
    void whatNeverLeftSaysSo() {
        SmileId nowhere = new SmileId(new SmileIdOptions("085", Environment.SANDBOX, "ops@bank.example", "http://127.0.0.1:1"), "key");
        for (SmileIdActions client : List.of(nowhere, new SmileIdRelay("http://127.0.0.1:1/"))) {
            NoResponseException error = assertThrows(NoResponseException.class, () -> Sending.send(client.deactivate("u")));
            assertEquals(List.of(true, false), List.of(error.getNotSent(), error.getOutcomeUnknown()));
        }
        fault("drop_after");
        assertTrue(assertThrows(NoResponseException.class, () -> Sending.send(smile.reEnroll("user-42"))).getOutcomeUnknown());
    }
}
