// Its functions are internal: Java does not see them.
@file:JvmSynthetic

package org.enrollkit

import org.enrollkit.jni.CoreProblem
import org.enrollkit.jni.Plain
import org.enrollkit.jni.coreErrorFrom
import java.io.ObjectOutputStream

/**
 * What goes wrong in enrollkit. [code] says what it is, the same word in every language.
 *
 * No message holds a secret, personal data, or what a service wrote.
 */
public sealed class EnrollkitException(
    /** What went wrong, in one word. */
    public val code: ErrorCode,
    problem: CoreProblem,
) : RuntimeException(problem.text) {
    // With what the service wrote, for a relay that gives details. Not serialized: it may hold personal data.
    @Transient private val whole: Plain? = problem.plain

    // Made when somebody asks for it, or serializes this.
    private var json: String? = null

    /** Whether the change may have taken effect all the same: look the user up before anything else. */
    public abstract val outcomeUnknown: Boolean

    /** The plain form as JSON text, for logs and queues. It holds no secret, and nothing that the service wrote. */
    public fun toJson(): String = json ?: checkNotNull(whole).without("service_message").toJson().also { json = it }

    internal fun wholeJson(): String = whole?.toJson() ?: toJson()

    private fun writeObject(out: ObjectOutputStream) {
        toJson()
        out.defaultWriteObject()
    }

    public companion object {
        private const val serialVersionUID = 1L

        /**
         * The exception of a plain form: the inverse of [toJson].
         *
         * @throws IllegalArgumentException when it is the form of none
         */
        @JvmStatic
        public fun fromJson(json: String): EnrollkitException {
            val problem = if (isUnicode(json)) coreErrorFrom(json) else null
            return requireNotNull(problem) { "not the plain form of one of enrollkit's errors" }.toException()
        }
    }
}

/** The input can't become a request; nothing was sent. All violations are listed. */
public class InvalidInputException internal constructor(
    problem: CoreProblem,
    /** Everything that is wrong. */
    public val violations: List<Violation>,
) : EnrollkitException(ErrorCode.INVALID_INPUT, problem) {
    /** Never: nothing was sent. */
    override val outcomeUnknown: Boolean get() = false

    private companion object {
        const val serialVersionUID = 1L
    }
}

/** The service answered, and said no. */
public class ApiException internal constructor(problem: CoreProblem, plain: Plain) :
    EnrollkitException(ErrorCode.API_ERROR, problem) {
    /** Why. */
    public val kind: ErrorKind = ErrorKind.ofSlug(plain.text("kind").orEmpty()) ?: ErrorKind.UNKNOWN

    /** The call that was answered. */
    public val operation: Operation = operationOf(plain)

    /** The HTTP status. */
    public val status: Int = plain.int("status") ?: 0

    /** Whether it was not the service that said no but your own back end, or something before it. */
    public val byRelay: Boolean = plain.flag("by_relay") ?: false

    /** The service's own code, as text: `2205`. */
    public val serviceCode: String? = plain.text("service_code")

    /** Whether, and how, to try again. */
    public val retry: Retry = Retry.ofSlug(plain.text("retry").orEmpty()) ?: Retry.NEVER

    /** How long to wait before that. */
    public val retryAfterSeconds: Long? = plain.long("retry_after_seconds")

    /** The usual causes of [ErrorKind.UNAUTHORIZED]. */
    public val causes: List<Cause> =
        plain.texts("causes").mapNotNullTo(ArrayList()) { Cause.ofSlug(it) }

    /** How far the service's clock is ahead of this machine's. */
    public val clockSkewSeconds: Long? = plain.long("clock_skew_seconds")

    /** What the service wrote, safe to show. Not for logs: it may repeat personal data, so that no JSON form holds it. */
    @Transient
    public val serviceMessage: String? = plain.text("service_message")

    override val outcomeUnknown: Boolean = plain.flag("outcome_unknown") ?: false

    // Not serialized: it may hold personal data.
    @Transient private val body: ByteArray? = problem.raw

    /** The body as it came, the call's secrets masked. It may hold personal data. */
    public fun raw(): ByteArray = body?.clone() ?: ByteArray(0)

    private companion object {
        const val serialVersionUID = 1L
    }
}

/** The service answered, and the answer can't be read. */
public class UnreadableException internal constructor(problem: CoreProblem, plain: Plain) :
    EnrollkitException(ErrorCode.UNREADABLE, problem) {
    /** The call that was answered. */
    public val operation: Operation = operationOf(plain)

    /** Why the answer can't be read. */
    public val reason: UnreadableReason =
        UnreadableReason.ofSlug(plain.text("reason").orEmpty()) ?: UnreadableReason.NOT_JSON

    /** The HTTP status. */
    public val status: Int = plain.int("status") ?: 0

    override val outcomeUnknown: Boolean = plain.flag("outcome_unknown") ?: false

    @Transient private val body: ByteArray? = problem.raw

    /** The body as it came, the call's secrets masked; empty when it was too large. */
    public fun raw(): ByteArray = body?.clone() ?: ByteArray(0)

    private companion object {
        const val serialVersionUID = 1L
    }
}

/** No answer came. Where a change may have been sent, [outcomeUnknown] is true: look the user up before you send it again. */
public class NoResponseException internal constructor(problem: CoreProblem, plain: Plain) :
    EnrollkitException(ErrorCode.NO_RESPONSE, problem) {
    /** The call that was not answered. */
    public val operation: Operation = operationOf(plain)

    /** Whether nothing can have left this machine: no such host, a refused connection. Nothing has happened then. */
    public val notSent: Boolean = plain.flag("not_sent") ?: false

    override val outcomeUnknown: Boolean = plain.flag("outcome_unknown") ?: false

    private companion object {
        const val serialVersionUID = 1L
    }
}

/** A callback or webhook is not to be trusted. [reason] is for your log; tell the sender only "refused". */
public class SignatureRefusedException internal constructor(problem: CoreProblem, plain: Plain) :
    EnrollkitException(ErrorCode.SIGNATURE_REFUSED, problem) {
    /** Why. */
    public val reason: RefusalReason =
        RefusalReason.ofSlug(plain.text("reason").orEmpty()) ?: RefusalReason.MALFORMED

    /** Never: nothing was sent. */
    override val outcomeUnknown: Boolean get() = false

    private companion object {
        const val serialVersionUID = 1L
    }
}

/** The exception of what the core says. */
internal fun CoreProblem.toException(): EnrollkitException {
    return when (ErrorCode.ofSlug(plain.text("code").orEmpty())) {
        ErrorCode.INVALID_INPUT -> InvalidInputException(this, violationsOf(plain.plains("violations")))
        ErrorCode.API_ERROR -> ApiException(this, plain)
        ErrorCode.UNREADABLE -> UnreadableException(this, plain)
        ErrorCode.NO_RESPONSE -> NoResponseException(this, plain)
        ErrorCode.SIGNATURE_REFUSED -> SignatureRefusedException(this, plain)
        null -> error("an error of the core that this facade does not know")
    }
}
