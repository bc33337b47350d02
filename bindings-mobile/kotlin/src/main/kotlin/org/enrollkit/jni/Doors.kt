package org.enrollkit.jni

/** What the core refused, or the service did. */
internal class CoreRefused(val problem: CoreProblem) : Exception(problem.text, null, false, false)

private val NOTHING = ByteArray(0)

// What an answer begins with: see `answer.rs` in `core/doors`.
private const val VALUE = 0
private const val REFUSED = 1
private const val MISUSED = 2
private const val CLOSED = 3

/**
 * Asks the core, and gives what it answers, to be read in the door's order.
 *
 * @throws CoreRefused when the core or the service refused
 * @throws org.enrollkit.NativeLibraryException when there is no library
 */
internal fun enter(door: Int, fields: Packing? = null, body: ByteArray? = null, now: Long = 0, handle: Handle? = null): Unpacking {
    Library.load()
    val packed = fields?.toByteArray() ?: NOTHING
    val bytes = checkNotNull(Native.enter(door, handle, handle?.number ?: 0, now, packed, body)) { "no answer from the core" }
    val answer = Unpacking(bytes)
    when (answer.byte()) {
        VALUE -> return answer
        REFUSED -> throw CoreRefused(CoreProblem(answer))
        MISUSED -> throw IllegalArgumentException(answer.text())
        CLOSED -> throw IllegalStateException("it is closed")
        else -> throw IllegalStateException("a fault in enrollkit's core")
    }
}
