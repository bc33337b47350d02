// What enrollkit costs beside the JDK's own MAC, in one run. After `cargo xtask package kotlin`, in this module's folder:
// `mvn -q test-compile org.codehaus.mojo:exec-maven-plugin:3.5.0:java -Dexec.classpathScope=test -Dexec.mainClass=org.enrollkit.bench.BenchKt`

package org.enrollkit.bench

import org.enrollkit.Environment
import org.enrollkit.SmileId
import org.enrollkit.SmileIdOptions
import org.enrollkit.checkUser
import java.util.Base64
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

fun main() {
    val start = System.nanoTime()
    val smile = SmileId(SmileIdOptions("085", Environment.SANDBOX, "ops@bank.example"), KEY)
    val call = smile.reEnroll("user-42")
    println("the first client and its first call, loading included: %.0f ms".format((System.nanoTime() - start) / 1e6))
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
            "enrollkit checkUser (a valid one, as text)" to { checkUser(USER) },
        )
    for ((name, micros) in measure(works)) println("%-45s %8.1f us".format(name, micros))
}
