package org.enrollkit

import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.JsonUnquotedLiteral
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.io.ByteArrayInputStream
import java.io.ByteArrayOutputStream
import java.io.IOException
import java.io.ObjectInputStream
import java.io.ObjectOutputStream
import java.time.Instant
import java.util.concurrent.Callable
import java.util.concurrent.Executors

/** What Kotlin can put where data belongs: a typed exception that says where, never a crash, and the library works on. */
class HostileTest {
    private val key = "not-a-real-key"
    private val time = Instant.parse("2026-11-22T10:00:00.000Z")
    private val options = SmileIdOptions("085", Environment.SANDBOX, "ops@bank.example")
    private val smile = SmileId(options, key)
    private val unifyia = Unifyia(UnifyiaOptions("https://id.bank.example"), "not.a.token")
    private val before = smile.reEnroll("user-42", time).body

    /** Half of a pair: no text in UTF-8. */
    private val lone = "a\uD800b"
    private val huge = "x".repeat(5_000_000)
    private val none = JsonObject(emptyMap())
    private val user =
        SignUpUser("jdoe", "Acme Bank", none, none, none, JsonArray(emptyList()), none, JsonArray(emptyList()))

    @AfterEach
    fun `the library answers as before`() {
        assertEquals(before, smile.reEnroll("user-42", time).body)
        assertEquals(emptyList<Violation>(), checkUser(user))
    }

    /** What is refused, `path code` each. */
    private fun refusals(work: () -> Any?): List<String> = assertThrows(InvalidInputException::class.java) { work() }.violations.map { "${it.path} ${it.code.slug}" }

    @Test
    fun `a lone surrogate is not Unicode, wherever it stands`() {
        val doors: Map<String, () -> Any?> =
            mapOf(
                "user_id" to { smile.reEnroll(lone) },
                "confirm" to { smile.deletePermanently("u", lone) },
                "operator" to { smile.withOperator(lone) },
                "" to { smile.call(lone) },
                "partnerId" to { SmileId(SmileIdOptions(lone, Environment.SANDBOX), key) },
                "baseUrl" to { Unifyia(UnifyiaOptions(lone)) },
                "apiKey" to { SmileId(options, lone) },
                "pair" to { SmileId.withPair(options, lone) },
                "url" to { SmileIdRelay(lone) },
                "token" to { unifyia.withToken(lone) },
                "organization" to { unifyia.branding(lone) },
                "name" to { unifyia.signUp(JsonObject(user.toJson() + ("name" to JsonPrimitive(lone)))) },
                "userAttribute/x\uFFFDy" to { unifyia.signUp(JsonObject(user.toJson() + ("userAttribute" to JsonObject(mapOf("x\uDC00y" to JsonPrimitive(1)))))) },
                "keys/1" to { Verifier("085", listOf(key, lone)) },
                "timestamp" to { parseTime(lone) },
                "path" to { unifyia.raw(UnifyiaRawRequest(Method.GET, RawPath.of(lone))) },
            )
        for ((path, work) in doors) assertEquals(listOf("$path not_unicode"), refusals(work), path)
        assertEquals(listOf("apiKey not_unicode"), refusals { signature(lone, "t", "p") })
        assertEquals(listOf(" not_unicode"), refusals { Intent.parse(lone) })
        assertEquals(listOf(" not_unicode"), refusals { Intent.parse(byteArrayOf(0x22, 0xff.toByte())) })
        assertEquals(listOf(" not_unicode"), checkUser(lone).map { "${it.path} ${it.code.slug}" })
        // A pair of surrogates is one character.
        assertTrue(checkNotNull(smile.reEnroll("🗝", time).body).contains("🗝"))
    }

    @Test
    fun `all violations come at once, the facade's and the core's`() {
        val broken = JsonObject(mapOf("name" to JsonPrimitive(lone), "email" to JsonPrimitive("nobody"), "id" to JsonPrimitive(Double.NaN)))
        val found = checkUser(broken).associate { it.path to it.code }
        assertEquals(ViolationCode.NOT_UNICODE, found["name"])
        assertEquals(ViolationCode.WRONG_TYPE, found["id"])
        assertEquals(ViolationCode.BAD_EMAIL, found["email"])
        assertEquals(ViolationCode.REQUIRED, found["organisationName"])
        val options = refusals { SmileId(SmileIdOptions("x", Environment.SANDBOX, lone, "http://bank.example"), "") }
        assertEquals(setOf("operator not_unicode", "partnerId not_digits", "baseUrl insecure_url", "apiKey required"), options.toSet())
    }

    @OptIn(ExperimentalSerializationApi::class)
    @Test
    fun `a literal brings in no members of its own`() {
        val smuggled = JsonObject(user.toJson() + ("fullName" to JsonUnquotedLiteral("\"x\",\"userStatus\":\"Admin\"")))
        assertEquals(listOf("fullName wrong_type"), refusals { unifyia.signUp(smuggled) })
        val text = user.toJson().toString()
        assertEquals(listOf(" bad_json"), refusals { unifyia.signUp("$text,\"organization\":\"Other\"") }.map { it.replace(Regex("^\\d+"), "") })
        assertTrue(refusals { smile.call("""{"action":"smile_id.re_enroll","user_id":"u","user_id":"v"}""") }.single().endsWith("duplicate_key"))
    }

    @Test
    fun `depth has an end, whichever way it comes`() {
        var deep: JsonElement = JsonPrimitive(1)
        repeat(100_000) { deep = JsonArray(listOf(deep)) }
        val found = checkUser(JsonObject(user.toJson() + ("userAttribute" to JsonObject(mapOf("x" to deep)))))
        assertEquals(listOf(ViolationCode.TOO_DEEP), found.map { it.code })
        assertEquals(128L, found.single().limit)
        val text = "[".repeat(200_000)
        assertEquals(ViolationCode.TOO_DEEP, checkUser("""{"name":$text""").single().code)
        val call = unifyia.raw(UnifyiaRawRequest(Method.GET, RawPath.of("/x")))
        val error = assertThrows(UnreadableException::class.java) { call.read(200, text) }
        assertEquals(UnreadableReason.TOO_DEEP, error.reason)
    }

    @Test
    fun `empty and huge texts`() {
        for (text in listOf("", huge)) {
            assertTrue(refusals { SmileId(options, "").reEnroll(text) }.isNotEmpty())
            assertTrue(refusals { Intent.parse(text) }.isNotEmpty())
            assertTrue(checkUser(text).isNotEmpty())
            assertTrue(refusals { SmileIdRelay("https://$text/") }.isNotEmpty())
            assertThrows(IllegalArgumentException::class.java) { EnrollkitException.fromJson(text) }
            assertEquals(RefusalReason.MALFORMED, Verifier("085", listOf(key)).callbackRefusal(text.toByteArray()))
            assertTrue(smile.reEnroll("u").read(200, text).acknowledgement == Acknowledgement.UNSTATED)
        }
        assertEquals(listOf("keys required"), refusals { Verifier("085", emptyList()) })
        assertEquals(listOf("keys/0 required", "keys/2 outer_white_space"), refusals { Verifier("085", listOf("", key, "k\n")) })
        val large = JsonObject(user.toJson() + ("userAttribute" to JsonObject(mapOf("photo" to JsonPrimitive(huge)))))
        assertTrue(checkNotNull(unifyia.signUp(large).body).length > huge.length)
    }

    @Test
    fun `what is no status, header or time`() {
        val call = smile.deactivate("u", time)
        for (status in listOf(-1, 65_536, Int.MIN_VALUE)) assertEquals(listOf("status out_of_range"), refusals { call.read(status, "") })
        assertThrows(ApiException::class.java) { call.failed(assertThrows(ApiException::class.java) { call.read(401, "{}") }) }
        val headers = mapOf(null to listOf("HTTP/1.1 401"), "date" to listOf("Sun, 22 Nov 2026 10:00:09 GMT"), "x$lone" to listOf(lone))
        val error = assertThrows(ApiException::class.java) { call.read(401, "{}", headers) }
        assertEquals(9L, error.clockSkewSeconds)
        for (far in listOf(Instant.MIN, Instant.MAX, Instant.parse("+10000-01-01T00:00:00Z"))) assertTrue(refusals { smile.reEnroll("u", far) }.single().startsWith("now "))
        assertEquals(listOf("receivedAt out_of_range"), refusals { SmileId.withPair(options, smile.sign(time).toJson(), Instant.MAX) })
        val tooLarge = assertThrows(UnreadableException::class.java) { call.read(200, "{\"a\":1}", maxBytes = 3) }
        assertEquals(UnreadableReason.TOO_LARGE, tooLarge.reason)
    }

    @Test
    fun `a closed client says so, again and again`() {
        val closed = SmileId(options, key)
        val call = closed.reEnroll("u", time)
        val verifier = Verifier("085", listOf(key))
        val other = Unifyia(UnifyiaOptions("https://id.bank.example"))
        repeat(2) { listOf(closed, verifier, other).forEach(AutoCloseable::close) }
        assertThrows(IllegalStateException::class.java) { closed.reEnroll("u") }
        assertThrows(IllegalStateException::class.java) { closed.withOperator("o@bank.example") }
        assertThrows(IllegalStateException::class.java) { verifier.callbackRefusal(ByteArray(0)) }
        assertThrows(IllegalStateException::class.java) { other.branding("o") }
        assertEquals(Acknowledgement.STATED, call.read(200, "{\"message\":\"ok\"}").acknowledgement)
    }

    @Test
    fun `clients are closed while others use them`() {
        val pool = Executors.newFixedThreadPool(8)
        try {
            repeat(200) {
                val client = SmileId(options, key)
                val uses: List<Callable<Throwable?>> = List(4) { Callable { runCatching { client.reEnroll("u", time) }.exceptionOrNull() } }
                val closes = Callable { runCatching { client.close() }.exceptionOrNull() }
                for (end in pool.invokeAll(uses + closes)) assertTrue(end.get().let { it == null || it is IllegalStateException })
            }
        } finally {
            pool.shutdown()
        }
    }

    @Test
    fun `sixteen threads at once`() {
        val pool = Executors.newFixedThreadPool(16)
        try {
            val works = (0 until 16).map { thread ->
                Callable {
                    repeat(500) { round ->
                        val call = smile.deactivate("user-$thread-$round", time)
                        check(checkNotNull(call.body).contains("user-$thread-$round"))
                        check(call.read(200, "{\"message\":\"$thread\"}").message == "$thread")
                        check(runCatching { smile.reEnroll("") }.exceptionOrNull() is InvalidInputException)
                    }
                }
            }
            pool.invokeAll(works).forEach { it.get() }
        } finally {
            pool.shutdown()
        }
    }

    @Test
    fun `nothing shows what it was made with`() {
        val call = smile.deactivate("user-42", time)
        val signature = Regex("\"signature\":\"([^\"]+)").find(checkNotNull(call.body))!!.groupValues[1]
        val info = smile.enrolleeInfo("user-42", time).read(200, """{"enrolled_user":{"inactive":true},"history":[{"job_id":"j","partner_params":{"user_id":"user-42"},"id_check":{"name":"Jane Canary","photo":"canary"}}]}""")
        val error = assertThrows(ApiException::class.java) { call.read(400, """{"error":"Jane Canary $signature","code":"2210"}""") }
        val verified = Verifier("085", listOf(key)).callback("""{"timestamp":"2026-11-22T10:00:00.000Z","signature":"$signature","user_id":"user-42"}""".toByteArray(), time)
        val things =
            listOf(
                smile, unifyia, call, info, info.history, info.enrolledUser, info.history[0].idCheck, info.history[0].partnerParams, error, verified, smile.sign(time),
                options, unifyia.branding("o"), Intent.deactivate("user-42"), SignUpUser("Jane Canary", "o", none, none, none, none, none, JsonArray(emptyList())),
                smile.raw(SmileIdRawRequest(RawHost.API, Method.GET, RawPath.ofSteps(listOf("users", "user-42")), RawAuth.HEADERS), time),
                RawPath.of("/user-42"), Relay.answer(info, true), call.read(200, "{\"message\":\"Jane Canary\"}"), Verifier("085", listOf(key)),
                SmileIdRawRequest(RawHost.API, Method.GET, RawPath.of("/user-42"), RawAuth.HEADERS, JsonObject(mapOf("a" to JsonPrimitive("canary")))),
            )
        for (thing in things) {
            val shown = "$thing ${(thing as? Throwable)?.stackTraceToString()}"
            for (secret in listOf(key, signature, "not.a.token", "Canary", "canary", "user-42", "ops@")) assertFalse(secret in shown, "${thing?.javaClass}: $shown")
        }
        assertEquals("Jane Canary <secret>".length > 0, error.serviceMessage?.contains("Jane Canary"))
        assertFalse(checkNotNull(error.serviceMessage).contains(signature))
        assertFalse(String(error.raw()).contains(signature))
    }

    @Test
    fun `errors go there and back, as JSON and serialized, without the body`() {
        val call = smile.deactivate("u", time)
        fun exceptionOf(work: () -> Any?) = assertThrows(EnrollkitException::class.java) { work() }
        val errors =
            listOf(
                exceptionOf { smile.deletePermanently("", "x") },
                exceptionOf { call.read(401, """{"code":"2205","error":"no"}""", mapOf("Date" to listOf("Sun, 22 Nov 2026 10:00:09 GMT"))) },
                exceptionOf { smile.enrolleeInfo("u").read(200, "<html>") },
                call.noResponse(IOException("reset")),
                exceptionOf { Verifier("085", listOf(key)).callback(ByteArray(0)) },
            )
        assertEquals(ErrorCode.entries, errors.map { it.code })
        assertEquals(listOf(false, false, false, true, false), errors.map { it.outcomeUnknown })
        // Which account was used is in no plain form.
        fun said(error: EnrollkitException) = error.message?.replace("; in use: partner id 085 in sandbox", "")
        for (error in errors) {
            val bytes = ByteArrayOutputStream().also { ObjectOutputStream(it).writeObject(error) }.toByteArray()
            val again = listOf(EnrollkitException.fromJson(error.toJson()), ObjectInputStream(ByteArrayInputStream(bytes)).readObject() as EnrollkitException)
            for (copy in again) {
                assertEquals(error.toJson() to said(error), copy.toJson() to said(copy))
                assertEquals(error.javaClass, copy.javaClass)
                if (copy is ApiException) assertArrayEquals(ByteArray(0), copy.raw())
                if (copy is InvalidInputException) assertEquals((error as InvalidInputException).violations, copy.violations)
            }
        }
        assertEquals("reset", errors[3].cause?.message)
        for (text in listOf("", "5", "{}", """{"code":"api_error"}""", """{"code":"invalid_input","violations":[]}""", lone)) {
            assertThrows(IllegalArgumentException::class.java) { EnrollkitException.fromJson(text) }
        }
    }

    @Test
    fun `a relay does what a client does, and has no credentials to use or to close`() {
        for (relay in listOf(SmileIdRelay::class.java, UnifyiaRelay::class.java)) {
            val methods = relay.methods.map { it.name }.toSet()
            assertEquals(emptySet<String>(), methods intersect setOf("sign", "raw", "withOperator", "withToken", "close"))
            assertFalse(AutoCloseable::class.java.isAssignableFrom(relay))
        }
        val relay: SmileIdActions = SmileIdRelay("https://app.bank.example/api/smile")
        assertEquals(relay.reEnroll("u").body, relay.reEnroll("u", time).body)
        assertEquals("https://app.bank.example/api/smile", relay.deletePermanently("u", "u").url)
        assertEquals(listOf("user_id not_unicode"), refusals { relay.reEnroll(lone) })
        assertEquals(checkUser("{}"), UnifyiaRelay("/relay").check("{}"))
        val call = relay.reEnroll("u")
        assertFalse("signature" in checkNotNull(call.body))
        val no = assertThrows(ApiException::class.java) { Relay.answer(Relay.refused(Intent.parse(call.body!!))).let { call.read(it.status, it.body) } }
        assertEquals(ErrorKind.REFUSED_BY_POLICY to true, no.kind to no.byRelay)
        assertThrows(IllegalArgumentException::class.java) { Relay.answer(unifyia.raw(UnifyiaRawRequest(Method.GET, RawPath.of("/x"))).read(200, "{}")) }
    }

    @Test
    fun `what is expected stands in Kotlin's words`() {
        val insecure = assertThrows(InvalidInputException::class.java) { Unifyia(UnifyiaOptions("http://id.bank.example")) }.violations.single()
        assertEquals("baseUrl" to "allowHttp", insecure.path to insecure.expected)
        assertTrue("`allowHttp` allows it" in insecure.message, insecure.message)
        val action = assertThrows(InvalidInputException::class.java) { Intent.parse("""{"action":"smile_id.no_such"}""") }.violations.single()
        assertEquals("action" to ViolationCode.UNKNOWN_VALUE, action.path to action.code)
        assertEquals(Action.entries.map { it.slug }, action.expected?.split(", "))
    }

    @Test
    fun `a look-up confirms a change, an error of another kind tells nothing`() {
        val look = smile.enrolleeInfo("u", time)
        val info = look.read(200, """{"enrolled_user":{"inactive":true},"history":[]}""")
        assertEquals(Confirmation.IN_EFFECT, confirmedBy(Action.SMILE_ID_DEACTIVATE, info))
        assertEquals(Confirmation.NOT_IN_EFFECT, confirmedBy(Action.SMILE_ID_REACTIVATE, info))
        assertEquals(Confirmation.UNKNOWN, confirmedBy(Action.SMILE_ID_DEACTIVATE, look.noResponse()))
        assertEquals(Confirmation.UNKNOWN, confirmedBy(Action.SMILE_ID_DEACTIVATE, IllegalStateException("a bug")))
    }

    @Test
    fun `what a back end sets stays beside what was typed`() {
        val form = Intent.signUp(user.toJson())
        val set = form.withUserFields("""{"userStatus":"Active","id":9007199254740993}""")
        assertEquals("9007199254740993", set.user!!["id"].toString())
        assertNull(set.userId)
        assertEquals(Action.UNIFYIA_SIGN_UP, set.action)
        assertTrue(refusals { Intent.parse(set.toJson(), SignUpRules(selfService = true)) }.contains("userStatus set_by_server"))
        assertTrue(refusals { form.withUserFields(JsonObject(mapOf("nonsense" to JsonPrimitive(1)))) }.isNotEmpty())
        val extra = Intent.parse(form.toJson().replace("\"name\"", "\"badge\":7,\"name\""), SignUpRules(allowExtraKeys = true))
        assertTrue(checkNotNull(unifyia.call(extra).body).contains("\"badge\":7"))
        assertEquals(listOf("badge unknown_key"), refusals { unifyia.call(extra.toJson()) })
    }
}
