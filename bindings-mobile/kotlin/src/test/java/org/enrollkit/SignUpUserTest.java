package org.enrollkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The builder of a user, as Java has it. */
class SignUpUserTest {
    private static SignUpUser.Builder least() {
        return SignUpUser.builder().name("jane").organisationName("Acme Bank").userAppearance("{}").userAttribute("{}").userAddress("{}")
                .userBiometrics("[]").userIDProofDocuments("{}").userEnrollmentHistoryList("[]");
    }

    private static String sent(SignUpUser user) {
        return new Unifyia(new UnifyiaOptions("https://id.bank.example")).signUp(user).getBody();
    }

    @Test
    void whatIsSetIsSentToTheLastDigit() {
        String exact = "{\"id\":9007199254740993,\"x\":1E400,\"z\":1.10,\"name\":\"\\u00e9\"}";
        SignUpUser user = least().id(9007199254740993L).status(EnrollmentStatus.PENDING_APPROVAL).canIssueIdentity(true)
                .lastModifiedDate(Instant.parse("2026-11-22T10:00:00Z")).userAttribute(exact).userBiometrics("{\"n\":0.30}").build();
        assertEquals(List.of(), Enrollkit.checkUser(user));
        String body = sent(user);
        for (String part : List.of("\"id\":9007199254740993", "\"status\":\"PENDING APPROVAL\"", "\"canIssueIdentity\":true",
                "\"lastModifiedDate\":\"2026-11-22T10:00:00Z\"", "\"x\":1E400,\"z\":1.10", "\"userBiometrics\":{\"n\":0.30}")) {
            assertTrue(body.contains(part), body);
        }
        assertEquals("1.10", String.valueOf(user.getUserAttribute().get("z")));
        assertEquals(9007199254740993L, user.getId());
        assertEquals(body, sent(least().id(9007199254740993L).status(EnrollmentStatus.PENDING_APPROVAL).canIssueIdentity(true)
                .lastModifiedDate(Instant.parse("2026-11-22T10:00:00Z")).userAttribute(user.getUserAttribute())
                .userBiometrics(user.getUserBiometrics()).build()));
    }

    @Test
    void whatIsNullIsLeftOutAndTheLaterOfTwoCounts() {
        SignUpUser user = least().name("joan").name("jane").email("jane@bank.example").email(null).userStudentID((String) null).build();
        assertNull(user.getEmail());
        assertEquals(least().build(), user);
        assertEquals(least().build().hashCode(), user.hashCode());
        assertNotEquals(least().name("joan").build(), user);
        assertFalse(sent(user).contains("null"), sent(user));
    }

    @Test
    void aUserKeepsWhatItHadWhenItWasBuilt() {
        SignUpUser.Builder builder = least().extraField("tier", "\"gold\"");
        SignUpUser user = builder.build();
        builder.name("joan").extraField("tier", "1");
        assertEquals("jane", user.getName());
        assertEquals("{tier=\"gold\"}", String.valueOf(user.getExtraFields()));
        assertTrue(user.toJson().toString().endsWith(",\"tier\":\"gold\"}"), "the extra field");
    }

    @Test
    void whatIsRequiredAndMissingIsNamedAtOnceAsCheckUserNamesIt() {
        SignUpUser.Builder half = SignUpUser.builder().email("nobody").userAddress("{}");
        InvalidInputException error = assertThrows(InvalidInputException.class, half::build);
        List<Violation> checked = Enrollkit.checkUser(half.toJson());
        assertEquals(7, error.getViolations().size());
        assertEquals(checked.stream().filter(one -> one.getCode() == ViolationCode.REQUIRED).map(Violation::toString).sorted().collect(Collectors.toList()),
                error.getViolations().stream().map(Violation::toString).sorted().collect(Collectors.toList()));
        assertTrue(checked.stream().anyMatch(one -> one.toString().equals("email must be an e-mail address")), "what was set is checked");
    }

    private static Violation refused(String json) {
        InvalidInputException error = assertThrows(InvalidInputException.class, () -> SignUpUser.builder().userAddress(json), json);
        assertFalse(String.valueOf(error).contains("secret"), error.getMessage());
        assertEquals(1, error.getViolations().size(), json);
        return error.getViolations().get(0);
    }

    @Test
    void aTextThatIsNoObjectIsRefusedByTheFieldsName() {
        for (String other : List.of("[]", "null", "\"secret\"", "7", "true")) {
            assertEquals("userAddress must be of type object", refused(other).toString(), other);
        }
        for (String broken : List.of("", " ", "{", "{} {}", "{},\"id\":7", "{\"a\":secret}", "{a:1}", "{\"a\":NaN}", "{\"a\":01}", "\uFEFF{}", "{\"a\":1,}")) {
            assertTrue(refused(broken).getPath().matches("userAddress(/a)?"), broken);
            assertEquals(ViolationCode.BAD_JSON, refused(broken).getCode(), broken);
        }
        assertEquals(3, refused("{} {}").getLimit());
        assertEquals(ViolationCode.DUPLICATE_KEY, refused("{\"a\":{\"b\":1,\"b\":2}}").getCode());
        assertEquals(ViolationCode.NOT_UNICODE, refused("{\"a\":\"\uD800\"}").getCode());
        assertEquals(ViolationCode.TOO_DEEP, refused("{\"a\":" + "[".repeat(127) + "]".repeat(127) + "}").getCode());
        assertEquals(ViolationCode.TOO_DEEP, refused("[".repeat(1_000_000)).getCode());
        SignUpUser deep = least().userAddress("{\"a\":" + "[".repeat(126) + "]".repeat(126) + "}").build();
        assertEquals(List.of(), Enrollkit.checkUser(deep));
        InvalidInputException list = assertThrows(InvalidInputException.class, () -> SignUpUser.builder().userEnrollmentHistoryList("{}"));
        assertEquals("userEnrollmentHistoryList", list.getViolations().get(0).getPath());
        InvalidInputException either = assertThrows(InvalidInputException.class, () -> SignUpUser.builder().userBiometrics("\"secret\""));
        assertEquals("userBiometrics", either.getViolations().get(0).getPath());
        InvalidInputException extra = assertThrows(InvalidInputException.class, () -> SignUpUser.builder().extraField("a/b", "gold"));
        assertEquals("a~1b", extra.getViolations().get(0).getPath());
    }

    @Test
    void nothingOfAPersonIsShown() {
        assertEquals("SignUpUser(…)", least().email("jane@bank.example").build().toString());
        assertEquals("SignUpUser.Builder(…)", least().email("jane@bank.example").toString());
    }

    @Test
    void theBuilderHasEveryFieldAndJavaSeesNoOtherWay() {
        assertEquals(List.of(), Arrays.stream(SignUpUser.class.getConstructors()).filter(one -> !one.isSynthetic()).collect(Collectors.toList()));
        assertEquals(Set.of("builder"), Arrays.stream(SignUpUser.Companion.getClass().getDeclaredMethods()).filter(one -> !one.isSynthetic()).map(Method::getName).collect(Collectors.toSet()));
        Set<String> getters = Arrays.stream(SignUpUser.class.getDeclaredMethods()).map(Method::getName).filter(name -> name.matches("(get|is)[A-Z].*"))
                .map(name -> name.startsWith("is") ? name : name.substring(3)).map(SignUpUserTest::uncapitalized).collect(Collectors.toSet());
        Set<String> setters = Arrays.stream(SignUpUser.Builder.class.getDeclaredMethods()).map(Method::getName).collect(Collectors.toSet());
        getters.removeAll(setters);
        assertEquals(Set.of("extraFields"), getters);
    }

    private static String uncapitalized(String name) {
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }
}
