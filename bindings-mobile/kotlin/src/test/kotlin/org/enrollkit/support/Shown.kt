package org.enrollkit.support

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonObjectBuilder
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.put
import org.enrollkit.ApiException
import org.enrollkit.EnrollkitException
import org.enrollkit.InvalidInputException
import org.enrollkit.Outcome
import org.enrollkit.UnreadableException
import org.enrollkit.Violation

/** Accessors of the tests' own JSON. */
fun JsonObject.text(key: String): String? = this[key]?.takeUnless { it is JsonNull }?.jsonPrimitive?.content

fun JsonObject.required(key: String): String = checkNotNull(text(key)) { "no `$key`" }

fun JsonObject.flag(key: String): Boolean = text(key) == "true"

fun JsonObject.texts(key: String): List<String> = this[key]?.jsonArray.orEmpty().map { it.jsonPrimitive.content }

fun json(text: String): JsonElement = Json.parseToJsonElement(text)

fun objectOf(build: JsonObjectBuilder.() -> Unit): JsonObject = buildJsonObject(build)

fun shown(violations: List<Violation>): JsonElement =
    kotlinx.serialization.json.JsonArray(
        violations.map {
            objectOf {
                put("path", it.path)
                put("code", it.code.slug)
                put("message", it.message)
                it.limit?.let { limit -> put("limit", limit) }
                it.expected?.let { expected -> put("expected", expected) }
            }
        },
    )

private fun lossy(bytes: ByteArray) = JsonPrimitive(String(bytes, Charsets.UTF_8))

/** An outcome, in the vectors' words: as its JSON says, and as its members say. */
fun shown(outcome: Outcome): JsonObject = objectOf {
    val plain = json(outcome.toJson())
    checkMembers(outcome, plain)
    put("outcome", plain)
    put("raw", lossy(outcome.raw()))
    put("lossy", outcome.isLossy)
}

/** An error, in the vectors' words. */
fun shown(error: EnrollkitException): JsonObject = objectOf {
    val plain = json(error.toJson()).jsonObject
    checkMembers(error, plain)
    put("plain", plain)
    // What the service wrote is a member, and in no plain form.
    check("service_message" !in plain)
    val message = (error as? ApiException)?.serviceMessage
    put("error", if (message == null) plain else JsonObject(plain + ("service_message" to JsonPrimitive(message))))
    put("text", error.message)
    val raw =
        when (error) {
            is ApiException -> error.raw()
            is UnreadableException -> error.raw()
            else -> ByteArray(0)
        }
    put("raw", lossy(raw))
}

/** The violations of what is refused; any other exception is the test's. */
fun orRefused(make: () -> JsonObject): JsonObject =
    try {
        make()
    } catch (refused: InvalidInputException) {
        objectOf { put("violations", shown(refused.violations)) }
    }
