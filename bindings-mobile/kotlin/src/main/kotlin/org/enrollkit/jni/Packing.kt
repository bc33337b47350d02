package org.enrollkit.jni

// Here and in what else the first call needs, no function of Kotlin's collections or texts: loading and checking their classes
// takes longer than all the rest.

import org.enrollkit.wellFormed
import java.nio.charset.StandardCharsets.UTF_8
import java.util.Arrays

private const val NONE = -1

/** Fields on their way to the core: see `pack.rs` in `core/doors`. Texts are Unicode: callers have looked. */
internal class Packing(expected: Int = 128) {
    private var bytes = ByteArray(expected)
    private var length = 0

    private fun reserve(more: Int) {
        val wanted = length.toLong() + more
        if (wanted <= bytes.size) return
        if (wanted > Int.MAX_VALUE - 8) throw OutOfMemoryError("more than an array can hold")
        bytes = Arrays.copyOf(bytes, Math.max(wanted, Math.min(2L * bytes.size, Int.MAX_VALUE - 8L)).toInt())
    }

    fun flag(flag: Boolean): Packing {
        reserve(1)
        bytes[length++] = if (flag) 1 else 0
        return this
    }

    fun number(number: Long): Packing {
        count(number.toInt())
        return count((number shr 32).toInt())
    }

    fun count(count: Int): Packing {
        reserve(4)
        bytes[length] = count.toByte()
        bytes[length + 1] = (count shr 8).toByte()
        bytes[length + 2] = (count shr 16).toByte()
        bytes[length + 3] = (count shr 24).toByte()
        length += 4
        return this
    }

    fun bytes(given: ByteArray): Packing {
        reserve(given.size + 4)
        count(given.size)
        System.arraycopy(given, 0, bytes, length, given.size)
        length += given.size
        return this
    }

    fun text(text: String): Packing = bytes(text.toByteArray(UTF_8))

    fun optional(text: String?): Packing = if (text == null) count(NONE) else text(text)

    /** Names and values, ill-formed ones mended: they are only read. `HttpURLConnection` gives the status line under the name null. */
    fun headers(headers: Map<out String?, List<String>>): Packing {
        val place = length
        count(0)
        var pairs = 0
        for ((name, values) in headers) {
            if (name == null) continue
            for (value in values) {
                text(wellFormed(name)).text(wellFormed(value))
                pairs++
            }
        }
        val end = length
        length = place
        count(pairs)
        length = end
        return this
    }

    fun texts(texts: List<String>): Packing {
        count(texts.size)
        for (text in texts) text(text)
        return this
    }

    fun toByteArray(): ByteArray = if (length == bytes.size) bytes else Arrays.copyOf(bytes, length)
}

/** The fields of what the core answered. */
internal class Unpacking(private val bytes: ByteArray) {
    private var at = 0

    fun byte(): Int = bytes[at++].toInt()

    fun flag(): Boolean = byte() == 1

    fun number(): Long = (count().toLong() and 0xffff_ffff) or (count().toLong() shl 32)

    fun count(): Int {
        at += 4
        return (bytes[at - 4].toInt() and 0xff) or ((bytes[at - 3].toInt() and 0xff) shl 8) or
            ((bytes[at - 2].toInt() and 0xff) shl 16) or (bytes[at - 1].toInt() shl 24)
    }

    fun bytes(): ByteArray {
        val length = count()
        at += length
        return Arrays.copyOfRange(bytes, at - length, at)
    }

    fun text(): String = checkNotNull(optional())

    fun optional(): String? {
        val length = count()
        if (length == NONE) return null
        at += length
        return String(bytes, at - length, length, UTF_8)
    }
}
