package org.enrollkit.load

import com.sun.management.OperatingSystemMXBean
import org.enrollkit.Acknowledgement
import org.enrollkit.ApiException
import org.enrollkit.Environment
import org.enrollkit.Intent
import org.enrollkit.SmileId
import org.enrollkit.SmileIdOptions
import org.enrollkit.Verifier
import org.enrollkit.checkUser
import org.enrollkit.signature
import java.lang.management.ManagementFactory
import java.time.Instant

/** A server's work, each answer looked at. */
internal class Work : AutoCloseable {
    val smile = client()
    val verifier = verifier()

    /** [CALLS] calls. */
    fun round(number: Long) {
        val user = "user-$number"
        val call = smile.reEnroll(user)
        check(user in checkNotNull(call.body))
        check(call.read(200, """{"message":"User updated"}""").acknowledgement == Acknowledgement.STATED)
        try {
            call.read(400, """{"error":"Not found","code":"2210"}""")
            error("an error was read as a success")
        } catch (error: ApiException) {
            check(error.status == 400)
        }
        check(checkUser(USER).isEmpty())
        check(checkUser("{}").isNotEmpty())
        check(verifier.webhook(HEADERS, BODY, TIME).userId == "user-42")
        check(Intent.parse("""{"action":"smile_id.re_enroll","user_id":"$user"}""").userId == user)
    }

    override fun close() {
        smile.close()
        verifier.close()
    }

    companion object {
        const val CALLS = 7
        const val KEY = "not-a-real-key"
        val BODY = """{"result_code":"0840"}""".toByteArray()
        val TIME: Instant = Instant.parse("2026-11-22T10:00:00.000Z")
        val HEADERS: Map<String, List<String>> =
            mapOf(
                "Response-Timestamp" to listOf("2026-11-22T10:00:00.000Z"),
                "Response-Signature" to listOf(signature(KEY, "2026-11-22T10:00:00.000Z", "085")),
                "User-ID" to listOf("user-42"),
            )
        private const val USER =
            """{"name":"jdoe","organisationName":"Acme Bank","email":"jane.doe@bank.example","userAppearance":{"height":171},""" +
                """"userAttribute":{"dateOfBirth":"1990-02-03"},"userAddress":{"city":"Berlin"},"userBiometrics":[{"type":"FACE"}],""" +
                """"userIDProofDocuments":{},"userEnrollmentHistoryList":[]}"""

        fun client() = SmileId(SmileIdOptions("085", Environment.SANDBOX, "ops@bank.example"), KEY)

        fun verifier() = Verifier("085", listOf(KEY))

        /** For a class loader's user, which can't name it. */
        @JvmStatic
        fun once() = Work().use { it.round(1) }
    }
}

/** What the collector leaves, in KiB. */
internal fun heap(): Long {
    System.gc()
    System.gc()
    return Runtime.getRuntime().run { totalMemory() - freeMemory() } / 1024
}

/** What the process holds, native memory included, in KiB; 0 where the system doesn't say. */
internal fun process(): Long {
    val status = java.io.File("/proc/self/status")
    if (!status.exists()) return 0
    return status.readLines().first { it.startsWith("VmRSS:") }.filter(Char::isDigit).toLong()
}

/** What the process has had of the processors: a machine that does more besides doesn't change what work costs. */
internal fun processorNanos(): Long = (ManagementFactory.getOperatingSystemMXBean() as OperatingSystemMXBean).processCpuTime

/** Whether it becomes true within some seconds. */
internal fun within(seconds: Long, condition: () -> Boolean): Boolean {
    val end = System.nanoTime() + seconds * 1_000_000_000
    while (!condition()) {
        if (System.nanoTime() > end) return false
        Thread.sleep(100)
    }
    return true
}

/** Runs something in threads at once. The first error of any is thrown when all have ended. */
internal fun inThreads(count: Int, work: (Int) -> Unit) {
    val errors = java.util.concurrent.ConcurrentLinkedQueue<Throwable>()
    val threads = List(count) { index ->
        Thread {
            try {
                work(index)
            } catch (error: Throwable) {
                errors.add(error)
            }
        }
    }
    threads.forEach(Thread::start)
    threads.forEach(Thread::join)
    errors.forEach { throw it }
}
