package org.enrollkit.load

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import org.enrollkit.Action
import org.enrollkit.EnrollkitException
import org.enrollkit.Environment
import org.enrollkit.Intent
import org.enrollkit.IntentSerializer
import org.enrollkit.NativeLibraryException
import org.enrollkit.Outcome
import org.enrollkit.Relay
import org.enrollkit.SmileId
import org.enrollkit.SmileIdOptions
import org.enrollkit.SmileIdRelay
import org.enrollkit.Unifyia
import org.enrollkit.UnifyiaOptions
import org.enrollkit.UnifyiaRelay
import org.enrollkit.Verifier
import org.enrollkit.checkUser
import org.enrollkit.parseTime
import org.enrollkit.signature

/** Every way in, again and again and in several threads, where there is no library: what is thrown, a line for each kind. */
internal object Refused {
    private const val OPTIONS = """{"partner_id":"085","environment":"sandbox","operator":"ops@bank.example"}"""
    private const val PAIR = """{"timestamp":"2026-11-22T10:00:00.000Z","signature":"${LibrarySecrets.PAIR}"}"""

    private val entries: List<() -> Any?> =
        listOf(
            { SmileId(SmileIdOptions("085", Environment.SANDBOX, "ops@bank.example"), LibrarySecrets.KEY) },
            { SmileIdRelay("https://bank.example/relay") },
            { SmileId.fromJson(OPTIONS, LibrarySecrets.KEY) },
            { SmileId.withPair(SmileIdOptions("085", Environment.SANDBOX, "ops@bank.example"), PAIR) },
            { SmileId.fromJsonWithPair(OPTIONS, PAIR) },
            { Unifyia(UnifyiaOptions("https://host.example"), LibrarySecrets.KEY) },
            { UnifyiaRelay("https://bank.example/relay") },
            { Unifyia.fromJson("""{"base_url":"https://host.example"}""", LibrarySecrets.KEY) },
            { Verifier("085", listOf(LibrarySecrets.KEY)) },
            { checkUser("{}") },
            { checkUser(JsonObject(emptyMap())) },
            { checkUser("\ud800") },
            { Intent.parse("""{"action":"smile_id.re_enroll","user_id":"${LibrarySecrets.PERSON}"}""") },
            { Intent.parse("{}".toByteArray()) },
            { Intent.parse(byteArrayOf(-1)) },
            { Intent.reEnroll(LibrarySecrets.PERSON) },
            { Intent.deletePermanently(LibrarySecrets.PERSON, LibrarySecrets.PERSON) },
            { Intent.signUp("{}") },
            { Intent.branding("Acme") },
            { Json.decodeFromString(IntentSerializer, """{"action":"smile_id.re_enroll","user_id":"u"}""") },
            { parseTime("2026-11-22T10:00:00.000Z") },
            { signature(LibrarySecrets.KEY, "2026-11-22T10:00:00.000Z", "085") },
            { Outcome.fromJson("""{"operation":"smile_id.re_enroll","acknowledgement":"stated"}""") },
            { EnrollkitException.fromJson("""{"code":"no_response"}""") },
            { Relay.refused(Action.SMILE_ID_RE_ENROLL) },
            { Relay.routeRefusal("POST", emptyMap(), listOf("https://bank.example")) },
        )

    @JvmStatic
    fun main(args: Array<String>) {
        val seen = java.util.concurrent.ConcurrentSkipListSet<String>()
        inThreads(3) { index ->
            repeat(3) {
                // Each thread begins with another entry.
                for (at in entries.indices) seen.add(thrown(entries[(at + index * entries.size / 3) % entries.size]))
            }
        }
        seen.forEach(::println)
    }

    private fun thrown(entry: () -> Any?): String =
        try {
            entry()
            "nothing was thrown"
        } catch (refused: NativeLibraryException) {
            check(listOf(refused.platform, refused.file, refused.remedy).all { it in checkNotNull(refused.message) })
            val trace = java.io.StringWriter().also { refused.printStackTrace(java.io.PrintWriter(it)) }.toString()
            check(LibrarySecrets.ALL.none { it in trace }) { "a secret is shown" }
            "NativeLibraryException: ${refused.message}"
        } catch (other: Throwable) {
            "$other at ${other.stackTrace.take(4)}"
        }
}

/** What no message may hold. */
internal object LibrarySecrets {
    const val KEY = "a-key-that-nobody-may-see"
    const val PAIR = "YS1wYWlyLXRoYXQtbm9ib2R5LW1heS1zZWUtYXQtYWxsIQ=="
    const val PERSON = "person-of-whom-nobody-may-know"
    val ALL = listOf(KEY, PAIR, PERSON)
}
