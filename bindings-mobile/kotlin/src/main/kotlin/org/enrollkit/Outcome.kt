// Its functions are internal: Java does not see them.
@file:JvmSynthetic

package org.enrollkit

import com.fasterxml.jackson.annotation.JsonRawValue
import com.fasterxml.jackson.annotation.JsonValue
import kotlinx.serialization.KSerializer
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.JsonElement
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
    public val operation: Operation = checkNotNull(Operation.ofSlug(plain.text("operation").orEmpty()))

    /** Whether reading lost something: invalid UTF-8, a lone surrogate, a repeated key. */
    public val isLossy: Boolean get() = read.lossy

    /** The body that this was read from, the call's secrets masked; empty for what came through a relay. */
    public fun raw(): ByteArray = read.raw.clone()

    /** The plain form as JSON text, the same in every language, with all details: it may hold personal data. */
    @JsonValue
    @JsonRawValue
    public fun toJson(): String = json ?: plain.toJson().also { json = it }

    /** Equal when the plain forms are. */
    override fun equals(other: Any?): Boolean = other is Outcome && other.toJson() == toJson()

    override fun hashCode(): Int = toJson().hashCode()

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

        internal fun ofJson(json: String): Outcome? = if (isUnicode(json)) coreOutcomeFrom(json)?.let(::of) else null

        internal fun of(read: CoreOutcome): Outcome {
            val plain = read.plain
            return when (Operation.ofSlug(plain.text("operation").orEmpty())) {
                Operation.SMILE_ID_ENROLLEE_INFO -> EnrolleeInfo(read, plain)
                Operation.UNIFYIA_SIGN_UP -> SignedUp(read, plain)
                Operation.UNIFYIA_BRANDING -> Branding(read, plain)
                Operation.SMILE_ID_RAW, Operation.UNIFYIA_RAW -> RawReply(read, plain)
                else -> Acknowledged(read, plain)
            }
        }
    }
}

private fun acknowledgementOf(plain: Plain) =
    Acknowledgement.ofSlug(plain.text("acknowledgement").orEmpty()) ?: Acknowledgement.UNSTATED

/** A change to a user was accepted. */
@Serializable(with = AcknowledgedSerializer::class)
public class Acknowledged internal constructor(read: CoreOutcome, plain: Plain) : Outcome(read, plain) {
    /** The HTTP status. */
    public val status: Int = plain.int("status") ?: 0

    /** On [Acknowledgement.UNSTATED], look the user up before you say "done". */
    public val acknowledgement: Acknowledgement = acknowledgementOf(plain)

    /** The service's message, safe to show. */
    public val message: String? = plain.text("message")

    override fun toString(): String = "Acknowledged(${operation.slug}: status $status, ${acknowledgement.slug})"

    public companion object {
        /** For `kotlinx.serialization`. */
        @JvmStatic
        public fun serializer(): KSerializer<Acknowledged> = AcknowledgedSerializer
    }
}

/** What Smile ID knows of a user. */
@Serializable(with = EnrolleeInfoSerializer::class)
public class EnrolleeInfo internal constructor(read: CoreOutcome, plain: Plain) : Outcome(read, plain) {
    /** Null when the answer has no such object, which then confirms nothing. */
    public val enrolledUser: EnrolledUser? = plain.plain("enrolled_user")?.let(::EnrolledUser)

    /** The user's jobs. */
    public val history: List<HistoryEntry> = plain.plains("history").map(::HistoryEntry)

    override fun toString(): String = "EnrolleeInfo(history of ${history.size})"

    public companion object {
        /** For `kotlinx.serialization`. */
        @JvmStatic
        public fun serializer(): KSerializer<EnrolleeInfo> = EnrolleeInfoSerializer
    }
}

/** A user's flags; one that the answer left out is null. */
public class EnrolledUser internal constructor(plain: Plain) {
    /** The user may submit one more enrollment job. */
    public val allowNewEnroll: Boolean? = plain.flag("allow_new_enroll")

    /** The enrollment is complete. */
    public val complete: Boolean? = plain.flag("complete")

    /** The user is deleted, for ever. */
    public val deleted: Boolean? = plain.flag("deleted")

    /** The user is deactivated. */
    public val inactive: Boolean? = plain.flag("inactive")

    /** The user is marked as fraudulent. */
    public val isFraudulent: Boolean? = plain.flag("is_fraudulent")

    /** The enrollment is pending. */
    public val pending: Boolean? = plain.flag("pending")

    /** The enrollment is provisional. */
    public val provisional: Boolean? = plain.flag("provisional")

    override fun toString(): String = "EnrolledUser(…)"
}

/** One job of a user. */
public class HistoryEntry internal constructor(plain: Plain) {
    /** When it was made, as the service writes it. */
    public val createdAt: String? = plain.text("created_at")

    /** What the partner said of the job. */
    public val partnerParams: PartnerParams = PartnerParams(plain.plain("partner_params") ?: Plain(emptyMap()))

    /** The service's id of the job. */
    public val jobId: String? = plain.text("job_id")

    /** As text: `0840`. */
    public val resultCode: String? = plain.text("result_code")

    /** What came of it, in words. */
    public val resultMessage: String? = plain.text("result_message")

    /** Withheld by a relay unless its policy gives it. */
    public val idCheck: IdCheck? = plain.plain("id_check")?.let(::IdCheck)

    override fun toString(): String = "HistoryEntry(result $resultCode)"
}

/** What the partner said of a job. */
public class PartnerParams internal constructor(plain: Plain) {
    /** The partner's id of the job. */
    public val jobId: String? = plain.text("job_id")

    /** The user. */
    public val userId: String? = plain.text("user_id")

    /** The kind of job, as text. */
    public val jobType: String? = plain.text("job_type")

    override fun toString(): String = "PartnerParams(…)"
}

/** An identity document that was checked: heavy personal data. */
public class IdCheck internal constructor(plain: Plain) {
    /** The holder's name. */
    public val name: String? = plain.text("name")

    /** The document's number. */
    public val idNumber: String? = plain.text("id_number")

    /** The country that issued it. */
    public val country: String? = plain.text("country")

    /** The kind of document. */
    public val idType: String? = plain.text("id_type")

    /** The date of birth. */
    public val dob: String? = plain.text("dob")

    /** When the document ends. */
    public val expirationDate: String? = plain.text("expiration_date")

    /** A base64 image. */
    public val photo: String? = plain.text("photo")

    /** The holder's address. */
    public val address: String? = plain.text("address")

    /** The holder's gender. */
    public val gender: String? = plain.text("gender")

    /** The holder's phone number. */
    public val phoneNumber: String? = plain.text("phone_number")

    /** The authority's result, as text. */
    public val resultCode: String? = plain.text("result_code")

    /** The authority's result, in words. */
    public val resultText: String? = plain.text("result_text")

    /** Whatever the authority answered, its own keys kept. */
    public val fullData: JsonElement? by lazy(LazyThreadSafetyMode.PUBLICATION) { plain.element("full_data") }

    override fun toString(): String = "IdCheck(…)"
}

/** A user was signed up. */
@Serializable(with = SignedUpSerializer::class)
public class SignedUp internal constructor(read: CoreOutcome, plain: Plain) : Outcome(read, plain) {
    /** The HTTP status. */
    public val status: Int = plain.int("status") ?: 0

    /** On [Acknowledgement.UNSTATED], do not say "done" yet. */
    public val acknowledgement: Acknowledgement = acknowledgementOf(plain)

    /** The service's answer, its own keys and every digit kept. Withheld by a relay unless its policy gives it. */
    public val json: JsonElement? by lazy(LazyThreadSafetyMode.PUBLICATION) { plain.element("json") }

    override fun toString(): String = "SignedUp(status $status, ${acknowledgement.slug})"

    public companion object {
        /** For `kotlinx.serialization`. */
        @JvmStatic
        public fun serializer(): KSerializer<SignedUp> = SignedUpSerializer
    }
}

/** An organization's branding. */
@Serializable(with = BrandingSerializer::class)
public class Branding internal constructor(read: CoreOutcome, plain: Plain) : Outcome(read, plain) {
    /** A base64 image. */
    public val logo: String? = plain.text("logo")

    /** A URL. Check its scheme before it becomes a link. */
    public val policyStatement: String? = plain.text("policy_statement")

    /** A language code. */
    public val language: String? = plain.text("language")

    /** The issuer's public key, in base64. */
    public val issuerPublicKey: String? = plain.text("issuer_public_key")

    /** The issuer's certificate, in base64. */
    public val issuerCertificate: String? = plain.text("issuer_certificate")

    override fun toString(): String = "Branding(language $language)"

    public companion object {
        /** For `kotlinx.serialization`. */
        @JvmStatic
        public fun serializer(): KSerializer<Branding> = BrandingSerializer
    }
}

/** The answer to a raw call. */
@Serializable(with = RawReplySerializer::class)
public class RawReply internal constructor(read: CoreOutcome, plain: Plain) : Outcome(read, plain) {
    /** The HTTP status. */
    public val status: Int = plain.int("status") ?: 0

    /** The JSON, its own keys and every digit kept; null when the body is not JSON. */
    public val json: JsonElement? by lazy(LazyThreadSafetyMode.PUBLICATION) { plain.element("json") }

    override fun toString(): String = "RawReply(${operation.slug}: status $status)"

    public companion object {
        /** For `kotlinx.serialization`. */
        @JvmStatic
        public fun serializer(): KSerializer<RawReply> = RawReplySerializer
    }
}
