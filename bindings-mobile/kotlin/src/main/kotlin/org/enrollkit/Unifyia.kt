package org.enrollkit

import kotlinx.serialization.json.JsonObject
import org.enrollkit.jni.CoreCall
import org.enrollkit.jni.CoreUnifyia
import org.enrollkit.jni.coreCheckRelayUrl
import org.enrollkit.jni.coreRelaySignUp
import org.enrollkit.jni.coreRelayUnifyia

/**
 * Unifyia's user sign-up, and what is fetched before it.
 *
 * An app takes [relay], which holds nothing. Every method is safe to call from any thread. A client that is not a relay's holds a
 * little native memory, which [close] wipes; without it, that happens some time after the last use.
 */
public class Unifyia private constructor(
    private val core: CoreUnifyia?,
    private val relay: String?,
    private val extraKeys: Boolean,
) : AutoCloseable {
    /**
     * A client with a bearer token, or without one. **A token is for servers and scripts only, never in an app.**
     *
     * @throws InvalidInputException with everything that is wrong with the options and the token
     */
    @JvmOverloads
    public constructor(options: UnifyiaOptions, token: String? = null) : this(
        options.collected().secret("token", token).build { CoreUnifyia(it, token) },
        null,
        options.allowExtraKeys,
    )

    /** The same client with another token: tokens expire. */
    public fun withToken(token: String): Unifyia {
        val core = direct("token")
        val text = unicode("token", token)
        return Unifyia(attempt { core.withToken(text) }, null, extraKeys)
    }

    /** The call of any intent; Smile ID's are refused. Every method below is shorthand for this. */
    public fun call(intent: Intent): Call<Outcome> = built(intent.toJson(), intent.extraKeys)

    /** The call of an intent's JSON text. */
    public fun call(intentJson: String): Call<Outcome> = built(unicode("", intentJson))

    /** Signs a user up, at the user's `organisationName` unless [organization] names the path's. */
    @JvmOverloads
    public fun signUp(user: SignUpUser, organization: String? = null): Call<SignedUp> =
        signUp(user.toJson(), organization)

    /** As [signUp], of an open object. */
    @JvmOverloads
    public fun signUp(user: JsonObject, organization: String? = null): Call<SignedUp> =
        withSignUp(user, organization, ::signedUp)

    /** As [signUp], of an object's JSON text, which is sent to the last digit. */
    @JvmOverloads
    public fun signUp(userJson: String, organization: String? = null): Call<SignedUp> =
        withSignUp(userJson, organization, ::signedUp)

    /** What is wrong with a user object, for a form that checks while one types; empty when it can be sent. */
    @JvmOverloads
    public fun check(user: SignUpUser, selfService: Boolean = false, organization: String? = null): List<Violation> =
        checkUser(user, rules(selfService), organization)

    /** As [check], of an open object. */
    @JvmOverloads
    public fun check(user: JsonObject, selfService: Boolean = false, organization: String? = null): List<Violation> =
        checkUser(user, rules(selfService), organization)

    /** As [check], of an object's JSON text. */
    @JvmOverloads
    public fun check(userJson: String, selfService: Boolean = false, organization: String? = null): List<Violation> =
        checkUser(userJson, rules(selfService), organization)

    /** Fetches an organization's branding. */
    public fun branding(organization: String): Call<Branding> = built(brandingText(organization))

    /** An authenticated call for what has no method. */
    public fun raw(request: UnifyiaRawRequest): Call<RawReply> {
        val core = direct("raw")
        return withJson(request.toJson(), DEPTH_AROUND) { text -> Call(attempt { core.raw(text) }) }
    }

    /** As [raw], of a request's JSON text, whose body is sent to the last digit. */
    public fun raw(requestJson: String): Call<RawReply> {
        val core = direct("raw")
        val text = unicode("", requestJson)
        return Call(attempt { core.raw(text) })
    }

    /** Wipes the token now. A client that is closed can't be used; a relay's has nothing to close. */
    override fun close() {
        core?.close()
    }

    /** Shows no credentials. */
    override fun toString(): String = if (relay == null) "Unifyia(…)" else "Unifyia(relay $relay)"

    private fun rules(selfService: Boolean) = SignUpRules(selfService, extraKeys)

    private fun <T : Outcome> built(intent: String, intentHasExtraKeys: Boolean = false): Call<T> {
        val extra = extraKeys || intentHasExtraKeys
        val call: CoreCall =
            attempt { core?.call(intent, extra) ?: coreRelayUnifyia(checkNotNull(relay), intent, extra) }
        return Call(call)
    }

    private fun signedUp(user: String, organization: String?): Call<SignedUp> =
        Call(attempt { core?.signUp(user, organization) ?: coreRelaySignUp(checkNotNull(relay), user, organization) })

    private fun direct(path: String): CoreUnifyia =
        core ?: throw invalid(Finding(path, ViolationCode.NOT_THROUGH_RELAY))

    public companion object {
        /**
         * For apps: no token. Each call brings the intent to your own back end at [url].
         *
         * @throws InvalidInputException when [url] is no `https` address
         */
        @JvmStatic
        public fun relay(url: String): Unifyia {
            val text = unicode("url", url)
            attempt { coreCheckRelayUrl(text) }
            return Unifyia(null, text, false)
        }

        /**
         * As the constructor, with options as JSON text: the keys are `base_url`, `allow_http`, `auth_header`, `path_spelling`,
         * `wrapping` and `allow_extra_keys` in every language.
         */
        @JvmStatic
        @JvmOverloads
        public fun fromJson(optionsJson: String, token: String? = null): Unifyia {
            val options = unicode("", optionsJson)
            val text = token?.let { unicode("token", it) }
            val core = attempt { CoreUnifyia(options, text) }
            return Unifyia(core, null, core.extraKeys)
        }
    }
}
