package org.enrollkit

import kotlinx.serialization.SerializationException
import kotlinx.serialization.decodeFromString
import kotlinx.serialization.encodeToString
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.decodeFromJsonElement
import kotlinx.serialization.json.encodeToJsonElement
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.serializer
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.time.Instant

/** No digit is lost on any way through Kotlin, and what exists can be written: an outcome comes after the change was made. */
class ExactTest {
    private val none = JsonObject(emptyMap())
    private val user = SignUpUser("jdoe", "Acme Bank", none, none, none, JsonArray(emptyList()), none, JsonArray(emptyList()))
    private val digits = """{"id":9007199254740993,"x":1E400,"y":-0,"z":1.10,"n":123456789012345678901234567890,"t":"1.10","f":false,"u":null}"""
    private val intentText =
        """{"action":"unifyia.sign_up","user":${user.toJson().toString().replace("\"userAttribute\":{}", "\"userAttribute\":$digits")},"organization":"Acme Bank"}"""
    private val unifyia = Unifyia(UnifyiaOptions("https://id.bank.example"))
    private val outcome = unifyia.signUp(user).read(200, digits)

    @Test
    fun `numbers keep every digit, inwards and outwards`() {
        assertTrue(checkNotNull(unifyia.signUp(user.toJson().toString().replace("\"userAttribute\":{}", "\"userAttribute\":$digits")).body).contains(digits))
        assertEquals(digits, outcome.json.toString())
        assertTrue(Relay.answer(outcome, details = true).body.contains("\"id\":\"9007199254740993\""))
        val max = SignUpUser("n", "o", none, none, none, none, none, JsonArray(emptyList()), id = Long.MAX_VALUE, lastModifiedDate = Instant.EPOCH, enrollmentStatus = EnrollmentStatus.PENDING_APPROVAL)
        assertTrue(checkNotNull(unifyia.signUp(max).body).contains("\"id\":9223372036854775807"))
        assertEquals(ENROLLMENT_STATUSES[2], "PENDING APPROVAL")
    }

    @Test
    fun `an intent is the same text on every way there and back`() {
        val intent = Intent.parse(intentText)
        assertEquals(intentText, intent.toJson())
        assertEquals(intentText, Json.encodeToString(intent))
        assertEquals(intentText, Json.encodeToJsonElement(intent).toString())
        assertEquals(intent, Json.decodeFromString<Intent>(intentText))
        assertEquals(intentText, Json.decodeFromJsonElement<Intent>(Json.parseToJsonElement(intentText)).toJson())
        assertEquals(listOf(intent), Json.decodeFromString<List<Intent>>(Json.encodeToString(listOf(intent))))
        // The object that a policy looks at is as exact, also when it is written by itself.
        assertTrue(digits in Json.encodeToString(checkNotNull(intent.user)))
        assertEquals(intent, Intent.signUp(checkNotNull(intent.user)))
        val invalid = assertThrows(InvalidInputException::class.java) { Json.decodeFromString<Intent>("""{"action":"smile_id.re_enroll"}""") }
        assertEquals(listOf("user_id"), invalid.violations.map { it.path })
    }

    @Test
    fun `every outcome can be written, and read back`() {
        val smile = SmileId(SmileIdOptions("085", Environment.SANDBOX, "ops@bank.example"), "not-a-real-key")
        val fullData = """{"enrolled_user":{"complete":true},"history":[{"id_check":{"full_data":$digits}}]}"""
        val raw = unifyia.raw(UnifyiaRawRequest(Method.GET, RawPath.of("/x"))).read(200, digits)
        val outcomes = listOf(outcome, raw, smile.deactivate("u").read(200, "{}"), smile.enrolleeInfo("u").read(200, fullData), unifyia.branding("o").read(200, "{\"logo\":\"x\"}"))
        for (one in outcomes) {
            assertEquals(one.toJson(), Json.encodeToString(one))
            assertEquals(one, Json.decodeFromString<Outcome>(one.toJson()))
            assertEquals(one, Outcome.fromJson(one.toJson()))
            assertEquals(one.javaClass, Outcome.fromJson(one.toJson()).javaClass)
            assertEquals(one.hashCode(), Outcome.fromJson(one.toJson()).hashCode())
        }
        // Their parts are equal where they say the same.
        val (info, other) = listOf(fullData, fullData.replace("1.10,", "1.1,")).map { smile.enrolleeInfo("u").read(200, it) }
        val again = Outcome.fromJson(info.toJson()) as EnrolleeInfo
        assertEquals(info.enrolledUser to info.history, again.enrolledUser to again.history)
        assertEquals(info.enrolledUser, other.enrolledUser)
        assertNotEquals(info.history, other.history)
        // As what it is, too, and inside other things.
        assertEquals(outcome.toJson(), Json.encodeToString(outcome))
        assertEquals(outcome, Json.decodeFromString<SignedUp>(outcome.toJson()))
        assertEquals("""{"done":${raw.toJson()}}""", Json.encodeToString(mapOf("done" to raw)))
        for (type in listOf(Acknowledged::class, EnrolleeInfo::class, SignedUp::class, Branding::class, RawReply::class)) serializer(type.java)
        assertEquals(digits, Json.encodeToString(checkNotNull(raw.json)))
        assertThrows(SerializationException::class.java) { Json.decodeFromString<Branding>(outcome.toJson()) }
        assertThrows(IllegalArgumentException::class.java) { Outcome.fromJson("{}") }
        assertThrows(IllegalArgumentException::class.java) { Outcome.fromJson("\uD800") }
    }

    @Test
    fun `what the service wrote is in no plain form, and in a relay's answer when it is asked for`() {
        val call = SmileId(SmileIdOptions("085", Environment.SANDBOX, "ops@bank.example"), "not-a-real-key").deactivate("u")
        val error = assertThrows(ApiException::class.java) { call.read(401, """{"code":"2205","error":"no jane@bank.example"}""") }
        assertEquals("no jane@bank.example", error.serviceMessage)
        for (text in listOf(error.toJson(), error.toString(), Relay.answer(error).body)) assertTrue("jane" !in text, text)
        assertTrue("jane" in Relay.answer(error, details = true).body)
        val back = EnrollkitException.fromJson(error.toJson()) as ApiException
        assertEquals(error.toJson() to null, back.toJson() to back.serviceMessage)
        // Which account was used is in no plain form.
        assertEquals(error.message!!.replace("; in use: partner id 085 in sandbox", ""), back.message)
        assertTrue(json(error.toJson()).keys.containsAll(setOf("kind", "status", "causes")))
    }

    private fun json(text: String) = Json.parseToJsonElement(text).jsonObject
}
