package org.enrollkit.support

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.put
import org.enrollkit.Call
import org.enrollkit.DEFAULT_MAX_AGE_SECONDS
import org.enrollkit.DEFAULT_MAX_AHEAD_SECONDS
import org.enrollkit.EnrollkitException
import org.enrollkit.Environment
import org.enrollkit.Intent
import org.enrollkit.InvalidInputException
import org.enrollkit.MAX_RESPONSE_BYTES
import org.enrollkit.Method
import org.enrollkit.Operation
import org.enrollkit.Outcome
import org.enrollkit.RawAuth
import org.enrollkit.RawHost
import org.enrollkit.RawPath
import org.enrollkit.Relay
import org.enrollkit.SignUpRules
import org.enrollkit.SignatureRefusedException
import org.enrollkit.SmileId
import org.enrollkit.SmileIdOptions
import org.enrollkit.SmileIdRawRequest
import org.enrollkit.SmileIdRelay
import org.enrollkit.Unifyia
import org.enrollkit.UnifyiaOptions
import org.enrollkit.UnifyiaRelay
import org.enrollkit.UnifyiaRawRequest
import org.enrollkit.Verifier
import org.enrollkit.ViolationCode
import org.enrollkit.checkUser
import org.enrollkit.parseTime
import org.enrollkit.signature
import java.time.Instant
import java.util.Base64

/** What the public surface can't be brought to do, each with its reason. Nothing else may be left out. */
val SKIPPED =
    mapOf(
        "read-skew-nothing-signed" to "every direct call of SmileId is signed at some time",
        "read-mask-spares-short" to "no call of SmileId carries so short a secret",
        "relayed-raw-never" to "a relay's client has no raw call whose answer could be read",
        "json-depth-128-arrays" to "the door for exact JSON puts levels of its own around it",
        "read-code-2205-text" to "every direct call of SmileId names its account",
        "read-code-2405-text" to "every direct call of SmileId names its account",
        "route-rules-no-array" to "origins are a collection by their type",
        "json-depth-128-objects" to "the door for exact JSON puts levels of its own around it",
    )

private const val KEY = "not-a-real-key"
private const val HOST = "https://host.example"
private val TIME = Instant.parse("2026-11-22T10:00:00.000Z")
private val OF_JSON = setOf(ViolationCode.BAD_JSON, ViolationCode.DUPLICATE_KEY, ViolationCode.NOT_UNICODE, ViolationCode.TOO_DEEP)

/** Runs one vector through the public API: gives what a conforming implementation must give. */
fun run(kind: String, input: JsonObject): JsonObject =
    when (kind) {
        "signature" -> signatureOf(input)
        "timestamp" -> timestamp(input)
        "value" -> value(input)
        "json" -> jsonText(input)
        "intent" -> intent(input)
        "call" -> call(input)
        "read" -> read(input)
        "relay" -> relay(input)
        "verify" -> verify(input)
        "check" -> check(input)
        "no_response" -> noResponse(input)
        "route" -> route(input)
        else -> error("no such kind: $kind")
    }

/** What a vector expects, in Kotlin's spelling where it is that of options; milliseconds are signed as the time that it is. */
fun expectationOf(kind: String, case: JsonObject): JsonObject {
    val expect = case.getValue("expect").jsonObject
    val signed = "millis" in case.getValue("input").jsonObject
    val violations = expect["violations"] ?: return expect
    if (kind != "value" && kind != "verify" && !signed) return expect
    val names = if (signed) mapOf("timestamp" to "now") else CAMEL
    fun renamed(word: JsonElement) = names[word.jsonPrimitive.content]?.let(::JsonPrimitive) ?: word
    val here = violations.jsonArray.map { violation ->
        JsonObject(violation.jsonObject.mapValues { (key, item) -> if (key == "path" || key == "expected") renamed(item) else item })
    }
    return JsonObject(expect + ("violations" to JsonArray(here)))
}

private val CAMEL =
    mapOf(
        "partner_id" to "partnerId",
        "base_url" to "baseUrl",
        "allow_http" to "allowHttp",
        "api_key" to "apiKey",
        "auth_header" to "authHeader",
        "max_age_seconds" to "maxAgeSeconds",
        "max_ahead_seconds" to "maxAheadSeconds",
    )

private fun smile(partnerId: String = "085", operator: String = "ops@bank.example", baseUrl: String? = null, allowHttp: Boolean = false, apiKey: String = KEY) =
    SmileId(SmileIdOptions(partnerId, Environment.SANDBOX, operator, baseUrl, allowHttp), apiKey)

private fun unifyia() = Unifyia(UnifyiaOptions(HOST))

private fun signatureOf(input: JsonObject): JsonObject = objectOf {
    val (key, time, partner) = listOf("key", "timestamp", "partner_id").map(input::required)
    put("string_to_sign", "$time${partner}sid_request")
    put("signature", signature(key, time, partner))
}

private fun timestamp(input: JsonObject): JsonObject = orRefused {
    val time = input.text("text")?.let(::parseTime) ?: Instant.ofEpochMilli(input.required("millis").toLong())
    val signed = smile().use { it.sign(time) }.timestamp
    objectOf {
        put("text", signed)
        put("millis", parseTime(signed).toEpochMilli())
    }
}

private fun bodyOf(call: Call<*>): JsonObject = json(checkNotNull(call.body)).jsonObject

private fun value(input: JsonObject): JsonObject {
    val text = input.required("text")
    val endpoint = "/api/v2/partner/enrollee"
    fun deactivationBody(smile: SmileId, user: String = "u") = bodyOf(smile.deactivate(user, TIME))
    val kept: () -> String =
        when (input.required("type")) {
            "partner_id" -> { -> smile(partnerId = text).sign().partnerId }
            "user_id" -> { -> deactivationBody(smile(), text).required("user_id") }
            "operator" -> { -> deactivationBody(smile(operator = text)).required("email") }
            "organization" -> { ->
                unifyia().branding(text)
                checkNotNull(Intent.branding(text).organization)
            }
            "base_url" -> { -> smile(baseUrl = text).reEnroll("u").url.removeSuffix(endpoint) }
            "base_url_allowing_http" -> { -> smile(baseUrl = text, allowHttp = true).reEnroll("u").url.removeSuffix(endpoint) }
            "relay_url" -> { -> SmileIdRelay(text).reEnroll("u").url }
            "path" -> { -> unifyia().raw(UnifyiaRawRequest(Method.GET, RawPath.of(text))).url.removePrefix(HOST) }
            // Secrets are taken or refused; there is no way to read them back.
            "api_key" -> { -> smile(apiKey = text).let { text } }
            "token" -> { -> Unifyia(UnifyiaOptions(HOST), text).let { text } }
            "auth_header" -> { -> Unifyia(UnifyiaOptions(HOST, authHeader = text)).let { text } }
            else -> error("no such type")
        }
    return orRefused { kept().let { objectOf { put("text", it) } } }
}

/** Through the form's door, which takes a user as JSON text; what is read is shown by a call that carries it. */
private fun jsonText(input: JsonObject): JsonObject {
    val text = input.required("text")
    val violations = checkUser(text).filter { it.code in OF_JSON }
    if (violations.isNotEmpty()) return objectOf { put("violations", shown(violations)) }
    val user =
        """{"name":"n","organisationName":"o","userAppearance":{},"userAttribute":{"x":$text},"userAddress":{},""" +
            """"userBiometrics":[],"userIDProofDocuments":{},"userEnrollmentHistoryList":[]}"""
    val body = checkNotNull(unifyia().signUp(user).body)
    return objectOf { put("text", body.substringAfter(""""userAttribute":{"x":""").substringBeforeLast("""},"userAddress":""")) }
}

private fun rules(input: JsonObject) = SignUpRules(input.flag("self_service"), input.flag("allow_extra_keys"))

/** What is wrong with a user, which every function that takes one must say. */
private fun check(input: JsonObject): JsonObject {
    val (text, organization, rules) = Triple(input.required("user_json"), input.text("organization"), rules(input))
    val found = checkUser(text, rules, organization)
    val user = runCatching { kotlinx.serialization.json.Json.parseToJsonElement(text) }.getOrNull() as? JsonObject
    if (user != null) check(checkUser(user, rules, organization) == found)
    // What is sent is never a self-service form any more, and an app's client lets no further keys through.
    val doors = ArrayList<(String) -> Unit>()
    val objects = ArrayList<(JsonObject) -> Unit>()
    if (!rules.selfService) {
        val client = Unifyia(UnifyiaOptions(HOST, allowExtraKeys = rules.allowExtraKeys))
        doors.add { client.signUp(it, organization) }
        objects.add { client.signUp(it, organization) }
    }
    if (!rules.selfService && !rules.allowExtraKeys) {
        val relay = UnifyiaRelay("/relay")
        doors.add { relay.signUp(it, organization) }
        doors.add { Intent.signUp(it, organization) }
        objects.add { relay.signUp(it, organization) }
        objects.add { Intent.signUp(it, organization) }
    }
    val texts = doors.map { door -> { door(text) } } + objects.mapNotNull { door -> user?.let { { door(it) } } }
    for (door in texts) {
        val refused = runCatching(door).exceptionOrNull()?.let { (it as InvalidInputException).violations }
        check(refused.orEmpty() == found) { "checked: $found; sent: $refused" }
    }
    return objectOf { put("violations", shown(found)) }
}

private fun intent(input: JsonObject): JsonObject = orRefused {
    val read = Intent.parse(input.required("intent_json"), rules(input))
    val parsed = input.text("user_fields_json")?.let(read::withUserFields) ?: read
    val ofUnifyia = parsed.action.slug.startsWith("unifyia.")
    val call = if (ofUnifyia) UnifyiaRelay("/relay").call(parsed) else SmileIdRelay("/relay").call(parsed)
    check(call.body == parsed.toJson())
    objectOf {
        put("action", parsed.action.slug)
        put("mutation", call.noResponse().outcomeUnknown)
        put("intent_json", call.body)
    }
}

private fun call(input: JsonObject): JsonObject = orRefused {
    val raw = input["raw"]?.jsonObject
    requestOf(
        if (input.required("service") == "smile_id") {
            val now = Instant.parse(input.required("now"))
            if (raw != null) {
                smileRaw(smileOf(input), raw, now)
            } else {
                (input.text("relay")?.let(::SmileIdRelay) ?: smileOf(input)).call(intentOf(input), now)
            }
        } else {
            if (raw != null) {
                unifyiaRaw(unifyiaOf(input), raw)
            } else {
                (input.text("relay")?.let(::UnifyiaRelay) ?: unifyiaOf(input)).call(intentOf(input))
            }
        },
    )
}

private fun intentOf(input: JsonObject) = Intent.parse(input.required("intent_json"), rules(input))

private fun smileOf(input: JsonObject): SmileId {
    val options = input.required("options_json")
    val pair = input.text("pair_json") ?: return SmileId.fromJson(options, input.required("api_key"))
    return SmileId.fromJsonWithPair(options, pair, Instant.parse(input.required("received_at")))
}

private fun unifyiaOf(input: JsonObject) = Unifyia.fromJson(input.required("options_json"), input.text("token"))

/** Pairs of names and values, of which a name may come again. */
private fun queryOf(raw: JsonObject): Map<String, List<String>> {
    val pairs = raw["query"]?.jsonArray.orEmpty().map { pair -> pair.jsonArray.map { it.jsonPrimitive.content } }
    return pairs.groupBy({ it[0] }, { it[1] })
}

private fun pathOf(raw: JsonObject) = raw.text("path")?.let(RawPath::of) ?: RawPath.ofSteps(raw.texts("path_steps"))

private fun bodyOf(raw: JsonObject) = raw.text("body_json")?.let { json(it).jsonObject }

private fun smileRaw(client: SmileId, raw: JsonObject, now: Instant) =
    client.raw(
        SmileIdRawRequest(
            checkNotNull(RawHost.ofSlug(raw.required("host"))),
            checkNotNull(Method.ofSlug(raw.required("method"))),
            pathOf(raw),
            checkNotNull(RawAuth.ofSlug(raw.required("auth"))),
            bodyOf(raw),
            queryOf(raw),
        ),
        now,
    )

private fun unifyiaRaw(client: Unifyia, raw: JsonObject): Call<*> {
    val headers = raw["headers"]?.jsonArray.orEmpty().associate { (it.jsonArray[0].jsonPrimitive.content) to it.jsonArray[1].jsonPrimitive.content }
    return client.raw(UnifyiaRawRequest(checkNotNull(Method.ofSlug(raw.required("method"))), pathOf(raw), headers, bodyOf(raw), queryOf(raw)))
}

private fun requestOf(call: Call<*>): JsonObject = objectOf {
    val body = call.body?.let { json(it).jsonObject }
    put("operation", call.operation.slug)
    put("method", call.method)
    put("url", call.url)
    put("headers", JsonArray(call.headers.map { (name, value) -> JsonArray(listOf(JsonPrimitive(name), JsonPrimitive(value))) }))
    put("body", call.body.orEmpty())
    (call.headers["smileid-timestamp"] ?: body?.text("timestamp"))?.let { put("signed_at", it) }
}

private const val USER =
    """{"name":"n","organisationName":"o","userAppearance":{},"userAttribute":{},"userAddress":{},"userBiometrics":[],""" +
        """"userIDProofDocuments":{},"userEnrollmentHistoryList":[]}"""

/** An intent of an action whose keys are right: which it wants is what is wrong without them. */
private fun intentOf(action: String): Intent {
    val wanted = runCatching { Intent.parse("""{"action":"$action"}""") }.exceptionOrNull()?.let { (it as InvalidInputException).violations }
    val keys = wanted.orEmpty().map { it.path }.associateWith { if (it == "user") json(USER) else JsonPrimitive("u") }
    return Intent.parse(JsonObject(mapOf("action" to JsonPrimitive(action)) + keys).toString())
}

/** A call of the operation: signed at that time, and with that secret, where a case names them. */
private fun callOf(operation: Operation, relayed: Boolean = false, signedAt: Instant = TIME, secret: String? = null): Call<Outcome> {
    val unifyia = { Unifyia(UnifyiaOptions(HOST), secret) }
    val smile = {
        if (secret == null) {
            smile()
        } else {
            val pair = """{"partner_id":"085","environment":"sandbox","timestamp":"${smile().sign(signedAt).timestamp}","signature":"$secret","expires_in":300}"""
            SmileId.withPair(SmileIdOptions("085", Environment.SANDBOX, "ops@bank.example"), pair, signedAt)
        }
    }
    return when (operation) {
        Operation.UNIFYIA_RAW -> unifyia().raw(UnifyiaRawRequest(Method.GET, RawPath.of("/x")))
        Operation.SMILE_ID_RAW -> smile().raw(SmileIdRawRequest(RawHost.API, Method.GET, RawPath.of("/x"), RawAuth.HEADERS), signedAt)
        else -> {
            val intent = intentOf(operation.slug)
            if (operation.slug.startsWith("unifyia.")) {
                (if (relayed) UnifyiaRelay("/relay") else unifyia()).call(intent)
            } else {
                (if (relayed) SmileIdRelay("/relay") else smile()).call(intent, signedAt)
            }
        }
    }
}

private fun bytesOf(input: JsonObject): ByteArray =
    input.text("body_base64")?.let { Base64.getDecoder().decode(it) } ?: input.text("body").orEmpty().toByteArray()

private fun headersOf(input: JsonObject): Map<String, List<String>> {
    val out = LinkedHashMap<String, MutableList<String>>()
    for (header in input["headers"]?.jsonArray.orEmpty()) {
        val (name, value) = header.jsonArray.map { it.jsonPrimitive.content }
        out.getOrPut(name) { ArrayList() }.add(value)
    }
    return out
}

/** What comes of a case's answer, for either kind of end. */
private fun <T> resultOf(input: JsonObject, outcome: (Outcome) -> T, refused: (EnrollkitException) -> T): T {
    val operation = checkNotNull(Operation.ofSlug(input.required("operation")))
    val signedAt = input.text("signed_at")?.let(Instant::parse) ?: TIME
    val call = callOf(operation, input.flag("relayed"), signedAt, input.texts("secrets").firstOrNull())
    val limit = input.text("max_response_bytes")?.toInt() ?: MAX_RESPONSE_BYTES
    val read =
        try {
            call.read(input.required("status").toInt(), bytesOf(input), headersOf(input), limit)
        } catch (error: EnrollkitException) {
            return refused(error)
        }
    return outcome(read)
}

private fun read(input: JsonObject): JsonObject = resultOf(input, { shown(it) }, { shown(it) })

/** What a back end answers to a relay's client, and what that client reads. */
private fun relay(input: JsonObject): JsonObject {
    val details = input.flag("details")
    val answer = resultOf(input, { Relay.answer(it, details) }, { Relay.answer(it, details) })
    val reader = callOf(checkNotNull(Operation.ofSlug(input.required("operation"))), relayed = true)
    val read: JsonElement =
        try {
            shown(reader.read(answer.status, answer.body))
        } catch (error: EnrollkitException) {
            shown(error)
        }
    return objectOf {
        put("status", answer.status)
        put("body", answer.body)
        put("read", read)
    }
}

/** A call that got no answer, or of which nothing was sent. */
private fun noResponse(input: JsonObject): JsonObject {
    val call = callOf(checkNotNull(Operation.ofSlug(input.required("operation"))))
    return shown(if (input.flag("not_sent")) call.notSent() else call.noResponse())
}

/** What a relay's route answers before it reads anything. */
private fun route(input: JsonObject): JsonObject = orRefused {
    val rules = json(input.required("rules_json")).jsonObject
    val refusal = Relay.routeRefusal(input.required("method"), headersOf(input), rules.texts("origins"), rules.flag("allow_no_origin"))
    objectOf {
        put("status", refusal?.status)
        put("body", refusal?.body)
    }
}

private fun verify(input: JsonObject): JsonObject = orRefused {
    // "NaN" and "inf" are no JSON numbers, so they stand as text.
    fun seconds(key: String, default: Int) = input.text(key)?.replace("inf", "Infinity")?.toDouble() ?: default.toDouble()
    val verifier =
        Verifier(
            input.required("partner_id"),
            input.texts("keys"),
            seconds("max_age_seconds", DEFAULT_MAX_AGE_SECONDS),
            seconds("max_ahead_seconds", DEFAULT_MAX_AHEAD_SECONDS),
            input.flag("partner_id_without_zeros"),
        )
    val (now, body, headers) = Triple(Instant.parse(input.required("now")), bytesOf(input), headersOf(input))
    val isWebhook = "headers" in input
    val refusal = if (isWebhook) verifier.webhookRefusal(headers, body, now) else verifier.callbackRefusal(body, now)
    objectOf {
        put("verdict", refusal?.slug ?: "valid")
        try {
            val verified = if (isWebhook) verifier.webhook(headers, body, now) else verifier.callback(body, now)
            put("age_seconds", verified.ageSeconds)
            put("job_id", verified.jobId)
            put("user_id", verified.userId)
            put("ids_differ", verified.idsDiffer)
            put("result_code", verified.resultCode)
            put("partner_id_form", verified.partnerIdForm.slug)
            put("delivery_key", verified.deliveryKey)
            put("pair_key", verified.pairKey)
        } catch (refused: SignatureRefusedException) {
            put("refused", refused.reason.slug)
        }
    }
}
