// Its functions are internal: Java does not see them.
@file:JvmSynthetic

package org.enrollkit

import org.enrollkit.jni.Plain
import java.io.Serializable
import java.util.Collections

/**
 * One thing that is wrong with an input: where, what, and by which measure. Never the value itself.
 *
 * @property path the wire path, steps joined by `/`: `userBiometrics/0`
 * @property code what is wrong
 * @property message in English, to stand behind or beside the field's name
 * @property limit the measure, for codes that have one
 * @property expected what was expected, for codes that have it
 */
public class Violation internal constructor(
    public val path: String,
    public val code: ViolationCode,
    public val message: String,
    public val limit: Long?,
    public val expected: String?,
) : Serializable {
    /** Equal when all parts are. */
    override fun equals(other: Any?): Boolean = other is Violation && other.toPlain() == toPlain()

    override fun hashCode(): Int = toPlain().hashCode()

    /** Path and message: `email must be an e-mail address`. */
    override fun toString(): String = if (path.isEmpty()) message else "$path $message"

    internal fun toPlain(): String {
        val out = StringBuilder("{\"path\":").quoted(path).append(",\"code\":").quoted(code.slug)
        out.append(",\"message\":").quoted(message)
        limit?.let { out.append(",\"limit\":").append(it) }
        expected?.let { out.append(",\"expected\":").quoted(it) }
        return out.append('}').toString()
    }

    internal companion object {
        private const val serialVersionUID = 1L

        fun of(plain: Plain) =
            Violation(
                plain.text("path").orEmpty(),
                ViolationCode.ofSlug(plain.text("code").orEmpty()) ?: ViolationCode.OTHER,
                plain.text("message").orEmpty(),
                plain.long("limit"),
                plain.text("expected"),
            )
    }
}

/** The violations of their plain forms. */
internal fun violationsOf(plain: List<Plain>): List<Violation> {
    if (plain.isEmpty()) return Collections.emptyList()
    val out = ArrayList<Violation>(plain.size)
    for (each in plain) out.add(Violation.of(each))
    return out
}
