package org.enrollkit

import kotlinx.serialization.json.jsonObject
import org.enrollkit.support.json
import org.enrollkit.support.required
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource
import java.time.Instant
import java.util.Base64
import javax.crypto.Mac
import javax.crypto.spec.SecretKeySpec

/**
 * The JDK's own MAC confirms what we sign, and we confirm what it signs. The official package of Maven Central
 * (smile-identity-core 1.0.8) knows only the service's older signatures, which enrollkit does not make; its later sources' own
 * vectors are in tests/vectors/signature.json.
 */
class InteropTest {
    private val times = listOf("1970-01-01T00:00:00.000Z", "2026-02-28T23:59:59.999Z", "2026-11-22T10:00:00.000Z", "9999-12-31T23:59:59.999Z")

    private fun macOf(apiKey: String, timestamp: String, partnerId: String): String {
        val mac = Mac.getInstance("HmacSHA256")
        mac.init(SecretKeySpec(apiKey.toByteArray(), "HmacSHA256"))
        return Base64.getEncoder().encodeToString(mac.doFinal("${timestamp}${partnerId}sid_request".toByteArray()))
    }

    @ParameterizedTest
    @CsvSource("085,not-a-real-key", "001,a1b2c3d4-e5f6-4711-8899-aabbccddeeff", "00000000000000000000000000000001,schlüssel-鍵-🗝")
    fun `each confirms the other's`(partnerId: String, apiKey: String) {
        val smile = SmileId(SmileIdOptions(partnerId, Environment.SANDBOX, "ops@bank.example"), apiKey)
        val verifier = Verifier(partnerId, listOf("another-key", apiKey))
        val stranger = Verifier(partnerId, listOf("another-key"))
        for (text in times) {
            val time = Instant.parse(text)
            val mac = macOf(apiKey, text, partnerId)
            val pair = smile.sign(time)
            assertEquals(text to mac, pair.timestamp to pair.signature)
            val body = json(checkNotNull(smile.deactivate("user-42", time).body)).jsonObject
            assertEquals(text to mac, body.required("timestamp") to body.required("signature"))
            val headers = smile.raw(SmileIdRawRequest(RawHost.API, Method.GET, RawPath.of("/v2/jobs"), RawAuth.HEADERS), time).headers
            assertEquals(text to mac, headers["smileid-timestamp"] to headers["smileid-request-signature"])
            assertEquals(mac, signature(apiKey, text, partnerId))
            val received = mapOf("Response-Timestamp" to listOf(text), "Response-Signature" to listOf(mac), "Job-ID" to listOf("job-1"))
            assertEquals("job-1", verifier.webhook(received, "{}".toByteArray(), time).jobId)
            assertEquals(0, verifier.callback("""{"timestamp":"$text","signature":"$mac"}""".toByteArray(), time).ageSeconds)
            assertEquals(RefusalReason.MISMATCH, stranger.webhookRefusal(received, "{}".toByteArray(), time))
        }
    }
}
