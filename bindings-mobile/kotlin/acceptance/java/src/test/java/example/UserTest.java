package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.enrollkit.ApiException;
import org.enrollkit.Call;
import org.enrollkit.EnrolleeInfo;
import org.enrollkit.Enrollkit;
import org.enrollkit.Environment;
import org.enrollkit.ErrorKind;
import org.enrollkit.SmileId;
import org.enrollkit.SmileIdOptions;
import org.junit.jupiter.api.Test;

/** The library comes out of the jar, and does what it does everywhere: the first of the documented signatures. */
class UserTest {
    @Test
    void theJarBringsItsLibrary() {
        String documented = "XxThLHZy2ij1WINkqNEPgzVs9RvUDHWlebDYzprqS74=";
        assertEquals(documented, Enrollkit.signature("apiKey", "2023-02-13T15:07:42.214Z", "partner"));
        SmileId smile = new SmileId(new SmileIdOptions("085", Environment.SANDBOX, "ops@bank.example"), "not-a-real-key");
        Call<EnrolleeInfo> call = smile.enrolleeInfo("user-42", Instant.parse("2026-11-22T10:00:00Z"));
        assertTrue(call.read(200, "{\"enrolled_user\":{\"complete\":true},\"history\":[]}").getEnrolledUser().getComplete());
        ApiException error = assertThrows(ApiException.class, () -> call.read(400, "{\"code\":\"2210\",\"error\":\"no\"}"));
        assertEquals(ErrorKind.USER_NOT_FOUND, error.getKind());
    }
}
