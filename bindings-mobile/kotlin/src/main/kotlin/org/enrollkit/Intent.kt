package org.enrollkit

import com.fasterxml.jackson.annotation.JsonRawValue
import com.fasterxml.jackson.annotation.JsonValue
import kotlinx.serialization.KSerializer
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonObject
import org.enrollkit.jni.CoreIntent
import org.enrollkit.jni.coreParseIntent
import org.enrollkit.jni.coreSignUpIntent
import org.enrollkit.jni.coreWithUserFields
import java.nio.ByteBuffer
import java.nio.charset.CharacterCodingException

/**
 * What is wanted, as plain data without credentials: the same JSON in every language, queue and policy. One exists only when it
 * is valid, and what a policy sees of it is what gets signed, to the last digit.
 */
@Serializable(with = IntentSerializer::class)
public class Intent private constructor(private val core: CoreIntent, internal val extraKeys: Boolean) {
    /** What is asked for. */
    public val action: Action = checkNotNull(Action.ofSlug(core.action))

    /** Whom it is about, at Smile ID; null for Unifyia's intents. */
    public val userId: String? get() = core.userId

    /** The organization that the intent itself names, at Unifyia. A sign-up may leave it to the user's `organisationName`. */
    public val organization: String? get() = core.organization

    /** The user object of a sign-up. */
    public val user: JsonObject? by lazy { core.user?.let { exact(it).jsonObject } }

    /** The wire form as JSON text, to the last digit; `kotlinx.serialization` and Jackson write the same. */
    @JsonValue
    @JsonRawValue
    public fun toJson(): String = core.json

    /**
     * The same sign-up with further fields of the user, in the place of those that have the same name: what a back end sets
     * itself, after `selfService` kept the form from it. All else stays as it was, to the last digit.
     *
     * @throws InvalidInputException when the result is not valid, or this is no sign-up
     */
    public fun withUserFields(fields: JsonObject): Intent = withJson(fields, use = ::withFields)

    /** As [withUserFields], of an object's JSON text. */
    public fun withUserFields(fields: String): Intent = withFields(unicode("", fields))

    private fun withFields(fields: String) =
        Intent(attempt { coreWithUserFields(core.json, fields, extraKeys) }, extraKeys)

    /** Equal when the wire forms are. */
    override fun equals(other: Any?): Boolean = other is Intent && other.core.json == core.json

    override fun hashCode(): Int = core.json.hashCode()

    /** The action only: the rest is about a person. */
    override fun toString(): String = "Intent(${action.slug})"

    public companion object {
        /** For `kotlinx.serialization`. */
        @JvmStatic
        public fun serializer(): KSerializer<Intent> = IntentSerializer

        /**
         * Reads an intent that someone else wrote: the body of a relayed request, say.
         *
         * @throws InvalidInputException with every violation at once, unknown and repeated keys included
         */
        @JvmStatic
        @JvmOverloads
        public fun parse(json: String, rules: SignUpRules = SignUpRules()): Intent {
            val text = unicode("", json)
            val core = attempt { coreParseIntent(text, rules.selfService, rules.allowExtraKeys) }
            return Intent(core, rules.allowExtraKeys)
        }

        /** As [parse], of a request's bytes. */
        @JvmStatic
        @JvmOverloads
        public fun parse(json: ByteArray, rules: SignUpRules = SignUpRules()): Intent {
            val text =
                try {
                    Charsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString()
                } catch (_: CharacterCodingException) {
                    throw invalid(Finding("", ViolationCode.NOT_UNICODE))
                }
            return parse(text, rules)
        }

        /** That a user may submit one more enrollment job under the same id. */
        @JvmStatic
        public fun reEnroll(userId: String): Intent = about(Action.SMILE_ID_RE_ENROLL, userId)

        /** That a user may run no jobs, until reactivated. */
        @JvmStatic
        public fun deactivate(userId: String): Intent = about(Action.SMILE_ID_DEACTIVATE, userId)

        /** That a deactivation is undone. */
        @JvmStatic
        public fun reactivate(userId: String): Intent = about(Action.SMILE_ID_REACTIVATE, userId)

        /** That a user is marked as fraudulent: jobs still run and collect data, all are marked failed. */
        @JvmStatic
        public fun flagFraud(userId: String): Intent = about(Action.SMILE_ID_FLAG_FRAUD, userId)

        /** That the fraud mark is taken away. */
        @JvmStatic
        public fun clearFraud(userId: String): Intent = about(Action.SMILE_ID_CLEAR_FRAUD, userId)

        /** That a user is deleted for ever. [confirm] must repeat the user id exactly. */
        @JvmStatic
        public fun deletePermanently(userId: String, confirm: String): Intent =
            parse(deletionText(userId, confirm))

        /** That a user is looked up. */
        @JvmStatic
        public fun enrolleeInfo(userId: String): Intent = about(Action.SMILE_ID_ENROLLEE_INFO, userId)

        /** That a user is signed up, at the user's `organisationName` unless [organization] names the path's. */
        @JvmStatic
        @JvmOverloads
        public fun signUp(user: SignUpUser, organization: String? = null): Intent = signUp(user.toJson(), organization)

        /** As [signUp], of an open object. */
        @JvmStatic
        @JvmOverloads
        public fun signUp(user: JsonObject, organization: String? = null): Intent =
            withSignUp(user, organization, ::signedUp)

        /** As [signUp], of an object's JSON text. */
        @JvmStatic
        @JvmOverloads
        public fun signUp(user: String, organization: String? = null): Intent =
            withSignUp(user, organization, ::signedUp)

        /** That an organization's branding is fetched. */
        @JvmStatic
        public fun branding(organization: String): Intent = parse(brandingText(organization))

        private fun signedUp(user: String, organization: String?) =
            Intent(attempt { coreSignUpIntent(user, organization) }, false)

        private fun about(action: Action, userId: String) = parse(aboutText(action, userId))
    }
}
