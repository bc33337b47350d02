package org.enrollkit

import org.enrollkit.load.SLOW
import org.enrollkit.load.heap
import org.enrollkit.load.process
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** Nothing needs to be closed, and nothing grows: neither the heap nor the process. */
class MemoryTest {
    private val calls = if (SLOW) 1_000_000 else 200_000

    /** Calls into the library, by turns one that makes a request and one that reads an answer. */
    private fun work(smile: SmileId, times: Int) {
        for (round in 0 until times / 2) {
            val call = smile.reEnroll("user-$round")
            if (round % 100 == 0) {
                check(runCatching { call.read(400, """{"error":"Not found","code":"2210"}""") }.exceptionOrNull() is ApiException)
                // Left to the garbage collector.
                smile.withOperator("other@bank.example")
            } else {
                check(call.read(200, """{"message":"User updated"}""").acknowledgement == Acknowledgement.STATED)
            }
        }
    }

    /** Cleaners free what was dropped in threads of their own, some time later: the measure counts once it is small. */
    private fun settled(limit: Long, measure: () -> Long): Long {
        val end = System.nanoTime() + 30_000_000_000
        var now = measure()
        while (now > limit && System.nanoTime() < end) {
            Thread.sleep(100)
            now = measure()
        }
        return now
    }

    @Test
    fun `memory is flat`() {
        SmileId(SmileIdOptions("085", Environment.SANDBOX, "ops@bank.example"), "not-a-real-key").use { smile ->
            // Once around, so that what is made lazily is there.
            work(smile, calls / 10)
            Thread.sleep(500)
            val (heap, process) = heap() to process()
            val start = System.nanoTime()
            work(smile, calls)
            val seconds = (System.nanoTime() - start) / 1e9
            val heapGrew = settled(heap + SLACK_KIB, ::heap) - heap
            val processGrew = process() - process
            println("$calls calls in %.1f s: the heap grew by $heapGrew KiB, the process by $processGrew KiB".format(seconds))
            assertTrue(heapGrew <= SLACK_KIB, "the heap grew by $heapGrew KiB")
            assertTrue(processGrew <= PROCESS_SLACK_KIB, "the process grew by $processGrew KiB")
        }
    }

    private companion object {
        const val SLACK_KIB = 2 * 1024L

        /** Compiled code, and what the allocator keeps for the next time; after a million calls, it is as much. */
        const val PROCESS_SLACK_KIB = 96 * 1024L
    }
}
