// Its functions are internal: Java does not see them.
@file:JvmSynthetic

package org.enrollkit

import org.enrollkit.jni.CoreProblem
import org.enrollkit.jni.CoreRefused
import org.enrollkit.jni.coreErrorFrom

/** Runs what the core may refuse. */
internal inline fun <T> attempt(work: () -> T): T =
    try {
        work()
    } catch (refused: CoreRefused) {
        throw refused.problem.toException()
    }

/** A violation that the facade itself found: what never becomes the core's text. */
internal class Finding(val path: String, val code: ViolationCode, val expected: String? = null, val limit: Long? = null)

/** The error of the facade's findings. Messages and text are the core's. */
internal fun invalidInput(vararg findings: Finding): InvalidInputException = invalidInput(findings.asList())

internal fun invalidInput(findings: List<Finding>): InvalidInputException {
    val plain = StringBuilder("{\"code\":\"invalid_input\",\"violations\":[")
    findings.forEachIndexed { at, finding ->
        if (at > 0) plain.append(',')
        plain.append("{\"path\":").quoted(wellFormed(finding.path)).append(",\"code\":").quoted(finding.code.slug)
        finding.expected?.let { plain.append(",\"expected\":").quoted(it) }
        finding.limit?.let { plain.append(",\"limit\":").append(it) }
        plain.append('}')
    }
    return invalidOf(plain.append("]}").toString())
}

/** The error of violations that the core found, and the facade spelled otherwise. */
internal fun invalidInput(violations: Collection<Violation>): InvalidInputException {
    val plain = StringBuilder("{\"code\":\"invalid_input\",\"violations\":[")
    violations.forEachIndexed { at, violation ->
        if (at > 0) plain.append(',')
        plain.append(violation.toPlain())
    }
    return invalidOf(plain.append("]}").toString())
}

private fun invalidOf(plain: String): InvalidInputException {
    val problem: CoreProblem = checkNotNull(coreErrorFrom(plain)) { "no violations" }
    return problem.toException() as InvalidInputException
}
