// Its functions are internal: Java does not see them.
@file:JvmSynthetic

package org.enrollkit

import com.fasterxml.jackson.annotation.JsonRawValue
import com.fasterxml.jackson.annotation.JsonValue
import kotlinx.serialization.KSerializer
import kotlinx.serialization.Serializable
import org.enrollkit.jni.CoreOutcome
import org.enrollkit.jni.Plain
import org.enrollkit.jni.coreOutcomeFrom

/**
 * What came of a call. [toJson] is its JSON; `kotlinx.serialization` and Jackson write the same, to the last digit.
 */
@Serializable(with = OutcomeSerializer::class)
public sealed class Outcome(private val read: CoreOutcome, private val plain: Plain) {
    // Most callers never ask for it. Two threads that ask at once both make the same.
    private var json: String? = null

    /** What was called. */
    public val operation: Operation = operationOf(plain)

    /** Whether reading lost something: invalid UTF-8, a lone surrogate, a repeated key. */
    public val isLossy: Boolean get() = read.lossy

    /** The body that this was read from, the call's secrets masked; empty for what came through a relay. */
    public fun raw(): ByteArray = read.raw.clone()

    /** The plain form as JSON text, the same in every language, with all details: it may hold personal data. */
    @JsonValue
    @JsonRawValue
    public fun toJson(): String = json ?: plain.toJson().also { json = it }

    /** Equal when the plain forms are. */
    override fun equals(other: Any?): Boolean = other is Outcome && other.plain == plain

    override fun hashCode(): Int = plain.hashCode()

    public companion object {
        /** Of any outcome. */
        @JvmStatic
        public fun serializer(): KSerializer<Outcome> = OutcomeSerializer

        /**
         * The outcome of a plain form: the inverse of [toJson], but for the raw body.
         *
         * @throws IllegalArgumentException when it is the form of none
         */
        @JvmStatic
        public fun fromJson(json: String): Outcome =
            requireNotNull(ofJson(json)) { "not the plain form of one of enrollkit's outcomes" }

        internal fun ofJson(json: String): Outcome? = if (isUnicode(json)) coreOutcomeFrom(json)?.let(::outcomeOf) else null
    }
}

/** What a plain form is of. */
internal fun operationOf(plain: Plain): Operation = checkNotNull(Operation.ofSlug(plain.text("operation").orEmpty()))
