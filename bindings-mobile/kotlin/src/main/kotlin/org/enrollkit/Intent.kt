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
    public val user: JsonObject? by lazy { core.user?.let { exactJson(it).jsonObject } }

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
                    throw invalidInput(Finding("", ViolationCode.NOT_UNICODE))
                }
            return parse(text, rules)
        }

        // <generated: factories>
        /**
         * Lets a user submit one more enrollment job under the same id.
         *
         * @param userId the user's id, as you gave it to Smile ID
         */
        @JvmStatic
        public fun reEnroll(userId: String): Intent = parse(intentText(Action.SMILE_ID_RE_ENROLL, "user_id" to userId))

        /**
         * Keeps a user from running jobs, until reactivated.
         *
         * @param userId the user's id, as you gave it to Smile ID
         */
        @JvmStatic
        public fun deactivate(userId: String): Intent = parse(intentText(Action.SMILE_ID_DEACTIVATE, "user_id" to userId))

        /**
         * Undoes a deactivation.
         *
         * @param userId the user's id, as you gave it to Smile ID
         */
        @JvmStatic
        public fun reactivate(userId: String): Intent = parse(intentText(Action.SMILE_ID_REACTIVATE, "user_id" to userId))

        /**
         * Marks a user as fraudulent: jobs still run and collect data, all are marked failed.
         *
         * @param userId the user's id, as you gave it to Smile ID
         */
        @JvmStatic
        public fun flagFraud(userId: String): Intent = parse(intentText(Action.SMILE_ID_FLAG_FRAUD, "user_id" to userId))

        /**
         * Takes the fraud mark away.
         *
         * @param userId the user's id, as you gave it to Smile ID
         */
        @JvmStatic
        public fun clearFraud(userId: String): Intent = parse(intentText(Action.SMILE_ID_CLEAR_FRAUD, "user_id" to userId))

        /**
         * Deletes a user for ever; the id can never be used again. `confirm` must repeat the user id exactly.
         *
         * @param userId the user's id, as you gave it to Smile ID
         * @param confirm the user's id again: a deletion can't be undone
         */
        @JvmStatic
        public fun deletePermanently(userId: String, confirm: String): Intent =
            parse(intentText(Action.SMILE_ID_DELETE_PERMANENTLY, "user_id" to userId, "confirm" to confirm))

        /**
         * Looks a user up: flags and history. The answer holds heavy personal data.
         *
         * @param userId the user's id, as you gave it to Smile ID
         */
        @JvmStatic
        public fun enrolleeInfo(userId: String): Intent = parse(intentText(Action.SMILE_ID_ENROLLEE_INFO, "user_id" to userId))

        /**
         * Signs a user up, at the user's `organisationName` unless the path has another organization.
         *
         * @param user the user who is to be signed up
         * @param organization the organization of the path, when it is not to be taken from the user's `organisationName`
         */
        @JvmStatic
        @JvmOverloads
        public fun signUp(user: SignUpUser, organization: String? = null): Intent = signUp(user.toJson(), organization)

        /** As [signUp], of an open object. */
        @JvmStatic
        @JvmOverloads
        public fun signUp(user: JsonObject, organization: String? = null): Intent = withJson(user) { signUp(it, organization) }

        /** As [signUp], of an object's JSON text, which is sent to the last digit. */
        @JvmStatic
        @JvmOverloads
        public fun signUp(userJson: String, organization: String? = null): Intent =
            signUpIntent(unicode("", userJson), organization?.let { unicode("organization", it) })

        /**
         * Fetches an organization's branding.
         *
         * @param organization the organization's name
         */
        @JvmStatic
        public fun branding(organization: String): Intent =
            parse(intentText(Action.UNIFYIA_BRANDING, "organization" to organization))
        // </generated>

        private fun signUpIntent(userJson: String, organization: String?) =
            Intent(attempt { coreSignUpIntent(userJson, organization) }, false)
    }
}
