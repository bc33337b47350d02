package org.enrollkit.load

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.condition.EnabledForJreRange
import org.junit.jupiter.api.condition.JRE
import org.junit.jupiter.api.parallel.Execution
import org.junit.jupiter.api.parallel.ExecutionMode
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource

/** Servers: many threads in a small heap, for long. Collapse is what is looked for, and not how fast this machine is. */
class LoadTest {
    @ParameterizedTest
    @ValueSource(ints = [4, 16])
    fun `memory and speed stay as they are under load`(threads: Int) {
        val least = if (SLOW) 5_000_000 else 20_000
        val (rounds, millis) = least / Work.CALLS + 4 to if (SLOW) 0 else 900
        val busy = Jvm("Busy", "$threads", "$rounds", "$millis").optimized().succeed(seconds = 500)
        println("$threads threads: " + busy.lines.joinToString())
        val calls = (1..4).sumOf { busy.number("calls$it") }
        assertTrue(calls >= least, "only $calls calls")
        val heap = busy.number("heap4") - busy.number("heap2")
        val process = busy.number("process4") - busy.number("process2")
        assertTrue(heap <= HEAP_SLACK_KIB, "the heap grew by $heap KiB")
        assertTrue(process <= PROCESS_SLACK_KIB, "the process grew by $process KiB")
        val (before, after) = busy.number("rate2") to busy.number("rate4")
        assertTrue(after >= before / 3, "from $before to $after calls a second of the processor's")
        val longest = (1..4).maxOf { busy.number("longest$it") }
        assertTrue(longest < 30_000, "a round took $longest ms")
    }

    @Test
    fun `what is closed while others use it works or says so`() {
        val closing = Jvm("Closing", if (SLOW) "20000" else "1500").succeed()
        println(closing.lines.joinToString())
        assertTrue(closing.number("worked") > 100 && closing.number("refused") > 10, closing.output)
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    fun `what nobody closes is released`() {
        val dropping = Jvm("Dropping", if (SLOW) "200000" else "20000").succeed(seconds = 400)
        println("dropped: " + dropping.lines.joinToString())
        val heap = dropping.number("heap4") - dropping.number("heap2")
        val process = dropping.number("process4") - dropping.number("process2")
        assertTrue(heap <= HEAP_SLACK_KIB, "the heap grew by $heap KiB")
        assertTrue(process <= PROCESS_SLACK_KIB, "the process grew by $process KiB")
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    fun `several class loaders have it, and each can go`() {
        Jvm("Loaders", *CLASS_PATH.toTypedArray()).succeed()
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    fun `the application that made the first client can go`() {
        Jvm("Shared", TEST_CLASSES, *(CLASS_PATH - TEST_CLASSES).toTypedArray()).succeed()
    }

    @ParameterizedTest
    @ValueSource(strings = ["exit", "halt", "worker", "return"])
    fun `a JVM ends while calls run`(how: String) {
        repeat(if (SLOW) 10 else 1) {
            val ended = Jvm("Ending", how).run()
            assertEquals(if (how == "return") 0 else 7, ended.code, ended.output)
            assertEquals("", ended.output)
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "there are no virtual threads before Java 21")
    fun `virtual threads can call`() {
        assertEquals(10_000, Jvm("Virtual", "10000").succeed().number("done"))
    }

    private companion object {
        const val HEAP_SLACK_KIB = 2 * 1024L

        /** Compiled code, and what the allocator keeps of each thread's. */
        const val PROCESS_SLACK_KIB = 48 * 1024L
    }
}
