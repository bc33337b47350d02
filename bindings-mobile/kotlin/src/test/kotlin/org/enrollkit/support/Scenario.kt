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
import org.enrollkit.EnrollkitException
import org.enrollkit.Intent
import org.enrollkit.InvalidInputException
import org.enrollkit.SignUpRules
import org.enrollkit.SmileId
import org.enrollkit.Unifyia
import java.time.Duration
import java.time.Instant

/** One run of a scenario: where and what differs first, or null. */
fun play(scenario: JsonObject): String? {
    val settings = scenario["sandbox"]?.jsonObject ?: JsonObject(emptyMap())
    val clients = scenario.getValue("clients").jsonObject
    return Sandbox(flags(settings)).use { sandbox ->
        scenario.getValue("steps").jsonArray.map { it.jsonObject }.withIndex().firstNotNullOfOrNull { (place, step) ->
            (differenceOfStep(step, clients, sandbox) ?: differenceAtSandbox(step, sandbox))?.let { "step $place (${step.text("comment").orEmpty()}) $it" }
        }
    }
}

private fun flags(settings: JsonObject): List<String> =
    listOf("--keep-bodies") +
        settings.flatMap { (key, value) ->
            when (key) {
                "users" -> value.jsonArray.flatMap { listOf("--user", it.jsonPrimitive.content) }
                "organizations" -> value.jsonArray.flatMap { listOf("--organization", it.jsonPrimitive.content) }
                "unifyia_token" -> listOf("--unifyia-token-file", secretFile(value.jsonPrimitive.content).toString())
                "unifyia_auth_header" -> listOf("--unifyia-auth-header", value.jsonPrimitive.content)
                "unifyia_wrapped" -> if (value.jsonPrimitive.content == "true") listOf("--unifyia-wrapped") else emptyList()
                else -> error("no such setting: $key")
            }
        }

/** What a step does, and what must come of it. */
private fun differenceOfStep(step: JsonObject, clients: JsonObject, sandbox: Sandbox): String? {
    step["fault"]?.let { sandbox.control("POST", "/faults", it.toString()) }
    step["clock_offset_seconds"]?.let { sandbox.control("POST", "/clock", """{"offset_seconds":$it}""") }
    val actual =
        step["job"]?.let { job -> objectOf { put("job", json(sandbox.control("POST", "/jobs", job.toString()))) } } ?: resultOf(step, clients, sandbox)
    val expect = step.getValue("expect").jsonObject
    expect.text("raw_contains")?.let { part ->
        if (actual.text("raw")?.contains(part) != true) return "/raw: $part is not in ${actual.text("raw")}"
    }
    expect["clock_skew_seconds"]?.jsonObject?.let { range ->
        val skew = actual["error"]?.jsonObject?.text("clock_skew_seconds")?.toLong()
        if (skew == null || skew !in range.required("from").toLong()..range.required("to").toLong()) return "/error/clock_skew_seconds: $skew"
    }
    return difference(JsonObject(expect - "raw_contains" - "clock_skew_seconds"), actual)
}

/** What the sandbox saw. */
private fun differenceAtSandbox(step: JsonObject, sandbox: Sandbox): String? {
    fun seenAt(path: String) = json(sandbox.control("GET", path)).jsonObject
    val checks = ArrayList<Pair<JsonElement, JsonElement?>>()
    step["requests_at_sandbox"]?.jsonObject?.let { expected ->
        val user = expected.required("user_id")
        val requests = seenAt("/requests").getValue("requests").jsonArray.map { it.jsonObject }.filter { it.text("user_id") == user }
        checks += expected to objectOf {
            put("user_id", user)
            put("total", requests.size)
            put("processed", requests.count { it.flag("processed") })
        }
    }
    step["redirected_calls"]?.let { checks += it to seenAt("/faults")["redirected_calls"] }
    step["sign_ups_at_sandbox"]?.let { checks += it to seenAt("/sign_ups")["sign_ups"] }
    return checks.firstNotNullOfOrNull { (expected, seen) -> difference(expected, seen) }?.let { "at the sandbox: $it" }
}

/** Makes the client, then the call, and sends it: each may be refused. */
private fun resultOf(step: JsonObject, clients: JsonObject, sandbox: Sandbox): JsonObject {
    var call: Call<*>? = null
    return try {
        call = callOf(step, clients, sandbox)
        val timeout = step.text("timeout_milliseconds")?.let { Duration.ofMillis(it.toLong()) } ?: Duration.ofSeconds(30)
        val outcome = send(call, timeout)
        withoutSecrets(call, outcome, shown(outcome))
    } catch (refused: InvalidInputException) {
        objectOf { put("violations", shown(refused.violations)) }
    } catch (error: EnrollkitException) {
        withoutSecrets(checkNotNull(call), error, shown(error))
    }
}

private fun callOf(step: JsonObject, clients: JsonObject, sandbox: Sandbox): Call<*> {
    val client = clientOf(clients, step.required("client"), sandbox)
    step["raw"]?.let { return (client as SmileId).raw(it.toString()) }
    val text = step.text("intent_json") ?: step.getValue("intent").toString()
    if (step.flag("self_service")) {
        val intent = Intent.parse(text, SignUpRules(selfService = true))
        return if (client is SmileId) client.call(intent) else (client as Unifyia).call(intent)
    }
    return if (client is SmileId) client.call(text) else (client as Unifyia).call(text)
}

private fun clientOf(clients: JsonObject, name: String, sandbox: Sandbox): AutoCloseable {
    val client = clients.getValue(name).jsonObject
    fun fill(text: String) = text.replace("\$sandbox_key", SANDBOX_KEY).replace("\$production_key", PRODUCTION_KEY).replace("\$sandbox", sandbox.url)
    val options =
        JsonObject(
            client.getValue("options").jsonObject.mapValues { (_, value) ->
                if (value is JsonPrimitive && value.isString) JsonPrimitive(fill(value.content)) else value
            },
        ).toString()
    if (client.required("service") == "unifyia") return Unifyia.fromJson(options, client.text("token"))
    val from = client.text("pair_from") ?: return SmileId.fromJson(options, fill(client.required("api_key")))
    val signedAt = Instant.now().plusSeconds(client.text("signed_offset_seconds")?.toLong() ?: 0)
    val pair = (clientOf(clients, from, sandbox) as SmileId).sign(signedAt)
    return SmileId.fromJsonWithPair(options, pair.toJson(), signedAt)
}

/** Of every step: what came back, in any form, repeats nothing that the call was authorized with. */
private fun withoutSecrets(call: Call<*>, result: Any, seen: JsonObject): JsonObject {
    val body = call.body?.let { json(it) as? JsonObject }
    val bearer = call.headers.values.filter { it.startsWith("Bearer ") }.map { it.removePrefix("Bearer ") }
    val secrets = listOfNotNull(body?.text("signature"), call.headers["smileid-request-signature"]) + bearer
    val shown = "$result $call $seen ${(result as? Throwable)?.stackTraceToString()}"
    check(secrets.none(shown::contains)) { "an answer shows what its call was signed with" }
    return seen
}
