package org.enrollkit.jni

import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.JsonUnquotedLiteral
import org.enrollkit.quoted

/** A number as the text that it was written with. */
private class PlainNumber(val text: String) {
    override fun equals(other: Any?): Boolean = other is PlainNumber && other.text == text

    override fun hashCode(): Int = text.hashCode()
}

/** An object of a plain form, as it came through a door. Its values are null, booleans, texts, numbers, lists and objects. */
internal class Plain(private val members: Map<String, Any?>) {
    fun text(key: String): String? =
        when (val value = members[key]) {
            is String -> value
            is PlainNumber -> value.text
            else -> null
        }

    fun flag(key: String): Boolean? = members[key] as? Boolean

    fun long(key: String): Long? =
        try {
            (members[key] as? PlainNumber)?.text?.let(java.lang.Long::parseLong)
        } catch (_: NumberFormatException) {
            null
        }

    fun int(key: String): Int? = long(key)?.let { if (it.toInt().toLong() == it) it.toInt() else null }

    fun plain(key: String): Plain? = members[key] as? Plain

    fun plains(key: String): List<Plain> = plainsOf(members[key])

    fun texts(key: String): List<String> = listOf(members[key]) { it as? String }

    /** Without a member. */
    fun without(key: String): Plain = if (key in members) Plain(members - key) else this

    /** The JSON text, as the core writes it. */
    fun toJson(): String = StringBuilder(256).also { write(it, this) }.toString()

    /** The value for callers, every digit kept; null where there is no such member. */
    fun element(key: String): JsonElement? = if (key in members) elementOf(members[key]) else null

    override fun equals(other: Any?): Boolean = other is Plain && other.members == members

    override fun hashCode(): Int = members.hashCode()

    internal companion object {
        fun plainsOf(value: Any?): List<Plain> = listOf(value) { it as? Plain }

        private inline fun <T : Any> listOf(value: Any?, item: (Any?) -> T?): List<T> {
            val out = ArrayList<T>()
            if (value is List<*>) for (each in value) item(each)?.let(out::add)
            return out
        }

        private fun write(out: StringBuilder, value: Any?) {
            when (value) {
                null -> out.append("null")
                is Boolean -> out.append(value)
                is String -> out.quoted(value)
                is PlainNumber -> out.append(value.text)
                is List<*> -> {
                    out.append('[')
                    var first = true
                    for (item in value) {
                        if (!first) out.append(',')
                        first = false
                        write(out, item)
                    }
                    out.append(']')
                }
                is Plain -> {
                    out.append('{')
                    var first = true
                    for ((key, item) in value.members) {
                        if (!first) out.append(',')
                        first = false
                        out.quoted(key).append(':')
                        write(out, item)
                    }
                    out.append('}')
                }
            }
        }

        /** Of plain literals, `Json` writes `1.10` as `1.1`, and can't write `1E400`. */
        @OptIn(ExperimentalSerializationApi::class)
        private fun elementOf(value: Any?): JsonElement =
            when (value) {
                is Boolean -> JsonPrimitive(value)
                is String -> JsonPrimitive(value)
                is PlainNumber -> JsonUnquotedLiteral(value.text)
                is List<*> -> JsonArray(value.map(::elementOf))
                is Plain -> JsonObject(value.members.mapValues { elementOf(it.value) })
                else -> JsonNull
            }

        fun numberOf(text: String): Any = PlainNumber(text)
    }
}

/** A JSON value: see `json` in `pack.rs` of `core/doors`. Recursion is bounded by the depth that the core reads and writes. */
internal fun Unpacking.value(): Any? =
    when (byte()) {
        0 -> null
        1 -> false
        2 -> true
        3 -> Plain.numberOf(text())
        4 -> text()
        5 -> ArrayList<Any?>().also { list -> repeat(count()) { list.add(value()) } }
        6 -> plain()
        else -> error("no kind of value")
    }

private fun Unpacking.plain(): Plain {
    val members = LinkedHashMap<String, Any?>()
    repeat(count()) { members[text()] = value() }
    return Plain(members)
}
