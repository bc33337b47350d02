// Its functions are internal: Java does not see them.
@file:JvmSynthetic

package org.enrollkit

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/**
 * An authenticated call of Smile ID's for what has no method.
 *
 * @property host which of the hosts
 * @property method the HTTP method
 * @property path a plain path; with several steps, each may hold any text
 * @property auth where the signature goes
 * @property body the body, without credentials: with [RawAuth.BODY] they are added to it
 * @property query the query string's names with their values, which may be any text; in this order
 */
public class SmileIdRawRequest
@JvmOverloads
constructor(
    public val host: RawHost,
    public val method: Method,
    public val path: RawPath,
    public val auth: RawAuth,
    public val body: JsonObject? = null,
    public val query: Map<String, List<String>> = emptyMap(),
) {
    internal fun toJson(): JsonObject {
        val out = linkedMapOf<String, JsonElement>()
        out["host"] = JsonPrimitive(host.slug)
        out["method"] = JsonPrimitive(method.slug)
        out["path"] = path.element
        queryOf(query)?.let { out["query"] = it }
        out["auth"] = JsonPrimitive(auth.slug)
        body?.let { out["body"] = it }
        return JsonObject(out)
    }

    override fun toString(): String = "SmileIdRawRequest(${method.slug} ${host.slug})"
}

/**
 * An authenticated call of Unifyia's for what has no method: the default workflow, groups and roles, say.
 *
 * @property method the HTTP method
 * @property path a plain path; with several steps, each may hold any text
 * @property headers further headers; those that the client sets are refused
 * @property body the body
 * @property query the query string's names with their values, which may be any text; in this order
 */
public class UnifyiaRawRequest
@JvmOverloads
constructor(
    public val method: Method,
    public val path: RawPath,
    public val headers: Map<String, String> = emptyMap(),
    public val body: JsonObject? = null,
    public val query: Map<String, List<String>> = emptyMap(),
) {
    internal fun toJson(): JsonObject {
        val out = linkedMapOf<String, JsonElement>()
        out["method"] = JsonPrimitive(method.slug)
        out["path"] = path.element
        queryOf(query)?.let { out["query"] = it }
        if (headers.isNotEmpty()) out["headers"] = JsonObject(headers.mapValues { JsonPrimitive(it.value) })
        body?.let { out["body"] = it }
        return JsonObject(out)
    }

    override fun toString(): String = "UnifyiaRawRequest(${method.slug})"
}

private fun queryOf(query: Map<String, List<String>>): JsonObject? =
    if (query.isEmpty()) null else JsonObject(query.mapValues { (_, values) -> JsonArray(values.map(::JsonPrimitive)) })

/** The path of a raw call. */
public class RawPath private constructor(internal val element: JsonElement) {
    override fun toString(): String = "RawPath(…)"

    public companion object {
        /** A plain path, such as `/v2/jobs`. */
        @JvmStatic
        public fun of(path: String): RawPath = RawPath(JsonPrimitive(path))

        /** The steps of a path, each of which may hold any text: they are percent-encoded. */
        @JvmStatic
        public fun ofSteps(steps: List<String>): RawPath = RawPath(JsonArray(steps.map(::JsonPrimitive)))
    }
}
