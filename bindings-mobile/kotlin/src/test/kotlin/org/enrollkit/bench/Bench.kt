// What enrollkit costs beside the JDK's own MAC, in one run: each call, the first client and call of a JVM, and the collector's
// pauses at a server's rate. `cargo xtask bench kotlin` runs this.

package org.enrollkit.bench

import org.enrollkit.Environment
import org.enrollkit.Intent
import org.enrollkit.SmileId
import org.enrollkit.SmileIdOptions
import org.enrollkit.Verifier
import org.enrollkit.checkUser
import org.enrollkit.parseTime
import java.io.File
import java.net.URLClassLoader
import java.util.Base64
import java.util.concurrent.locks.LockSupport
import javax.crypto.Mac
import javax.crypto.spec.SecretKeySpec

private const val KEY = "0123456789abcdef0123456789abcdef"
private const val TIME = "2026-11-22T10:00:00.000Z"
private const val USER =
    """{"name":"jdoe","organisationName":"Acme Bank","email":"jane.doe@bank.example","userAppearance":{"height":171},""" +
        """"userAttribute":{"dateOfBirth":"1990-02-03"},"userAddress":{"city":"Berlin"},"userBiometrics":[{"type":"FACE"}],""" +
        """"userIDProofDocuments":{},"userEnrollmentHistoryList":[]}"""

/** Each thing's median of many rounds, the rounds of all taking turns, after as many to warm up. */
private fun measure(works: Map<String, () -> Any?>, rounds: Int = 41, calls: Int = 500): Map<String, Double> {
    val times = works.mapValues { ArrayList<Double>() }
    for (round in 0 until 2 * rounds) {
        for ((name, work) in works) {
            val start = System.nanoTime()
            for (call in 0 until calls) work()
            if (round >= rounds) times.getValue(name) += (System.nanoTime() - start).toDouble() / calls / 1000
        }
    }
    return times.mapValues { (_, all) -> all.sorted()[all.size / 2] }
}

private fun client() = SmileId(SmileIdOptions("085", Environment.SANDBOX, "ops@bank.example"), KEY)

/** The first client and its first call, loading included. In a JVM of its own. */
internal object First {
    @JvmStatic
    fun main(args: Array<String>) {
        val start = System.nanoTime()
        client().reEnroll("user-42")
        println((System.nanoTime() - start) / 1000)
    }
}

/** Calls and their answers, so many a second. In a JVM of its own, which logs its pauses. */
internal object Steady {
    @JvmStatic
    fun main(args: Array<String>) {
        val (perSecond, seconds) = args.map(String::toLong)
        val smile = client()
        val start = System.nanoTime()
        for (number in 0 until perSecond * seconds) {
            val due = start + number * 1_000_000_000 / perSecond
            while (System.nanoTime() < due) LockSupport.parkNanos(due - System.nanoTime())
            smile.reEnroll("user-$number").read(200, """{"message":"ok"}""")
        }
        println("took ${(System.nanoTime() - start) / 1_000_000} ms")
    }
}

/** The class path: Maven's is a class loader's, and no property. */
private fun classPath(): String {
    val loader = Steady::class.java.classLoader as? URLClassLoader ?: return System.getProperty("java.class.path")
    return loader.urLs.joinToString(File.pathSeparator) { File(it.toURI()).path }
}

/** The lines that a program of a JVM of its own writes. */
private fun lines(program: String, vararg options: String, arguments: List<String> = emptyList()): List<String> {
    val java = File(System.getProperty("java.home"), "bin/java").path
    val command = listOf(java, *options, "-cp", classPath(), "org.enrollkit.bench.$program") + arguments
    val process = ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start()
    val lines = process.inputStream.bufferedReader().readLines()
    check(process.waitFor() == 0) { "$program failed" }
    return lines
}

private fun first() {
    val micros = List(9) { lines("First").single().toLong() }.sorted()
    println("the first client and its first call, loading included: %.1f ms (median of 9 JVMs)".format(micros[4] / 1000.0))
}

private fun pauses() {
    val (perSecond, seconds) = 3000 to 20
    val lines = lines("Steady", "-Xmx512m", "-Xlog:gc:stdout", arguments = listOf("$perSecond", "$seconds"))
    val pauses = lines.filter { "Pause" in it }.map { it.trim().substringAfterLast(' ').removeSuffix("ms").toDouble() }
    val took = lines.single { it.startsWith("took ") }
    println("reEnroll + read, $perSecond a second for $seconds s ($took), 512 MB: ${pauses.size} pauses of the collector, the longest %.1f ms".format(pauses.maxOrNull() ?: 0.0))
}

fun main() {
    first()
    pauses()
    val smile = client()
    val call = smile.reEnroll("user-42")
    val verifier = Verifier("085", listOf(KEY))
    val pair = smile.sign()
    val (now, body) = parseTime(pair.timestamp) to """{"result_code":"0840"}""".toByteArray()
    val headers =
        mapOf("Response-Timestamp" to listOf(pair.timestamp), "Response-Signature" to listOf(pair.signature), "User-ID" to listOf("user-42"))
    val works =
        mapOf<String, () -> Any?>(
            "javax.crypto.Mac, the signature alone" to {
                val mac = Mac.getInstance("HmacSHA256")
                mac.init(SecretKeySpec(KEY.toByteArray(), "HmacSHA256"))
                Base64.getEncoder().encodeToString(mac.doFinal("${TIME}085sid_request".toByteArray()))
            },
            "enrollkit sign" to { smile.sign() },
            "enrollkit reEnroll (the whole call)" to { smile.reEnroll("user-42") },
            "enrollkit read (an answer)" to { call.read(200, """{"message":"ok"}""") },
            "enrollkit read (an error, as an exception)" to { runCatching { call.read(400, """{"error":"Not found","code":"2210"}""") } },
            "enrollkit checkUser (a valid one, as text)" to { checkUser(USER) },
            "enrollkit Intent.parse" to { Intent.parse("""{"action":"smile_id.re_enroll","user_id":"user-42"}""") },
            "enrollkit Verifier.webhook" to { verifier.webhook(headers, body, now) },
            "enrollkit withOperator, and close" to { smile.withOperator("other@bank.example").close() },
        )
    for ((name, micros) in measure(works)) println("%-45s %8.1f us".format(name, micros))
}
