package org.enrollkit

import org.enrollkit.jni.CoreCall
import org.enrollkit.jni.CoreUnifyia

/**
 * Unifyia's user sign-up, and what is fetched before it. An app that is to hold no token has [UnifyiaRelay].
 *
 * Every method is safe to call from any thread. A client holds a little native memory, which [close] wipes; without it, that
 * happens some time after the last use.
 */
public class Unifyia private constructor(private val core: CoreUnifyia) : UnifyiaActions(), AutoCloseable {
    /**
     * A client with a bearer token, or without one. **A token is for servers and scripts only, never in an app.**
     *
     * @throws InvalidInputException with everything that is wrong with the options and the token
     */
    @JvmOverloads
    public constructor(options: UnifyiaOptions, token: String? = null) :
        this(options.toWire().secret("token", token).use { CoreUnifyia(it, token) })

    /** The same client with another token: tokens expire. */
    public fun withToken(token: String): Unifyia {
        val text = unicode("token", token)
        return Unifyia(attempt { core.withToken(text) })
    }

    /** An authenticated call for what has no method. */
    public fun raw(request: UnifyiaRawRequest): Call<RawReply> = withJson(request.toJson(), DEPTH_AROUND, ::rawCall)

    /** As [raw], of a request's JSON text, whose body is sent to the last digit. */
    public fun raw(requestJson: String): Call<RawReply> = rawCall(unicode("", requestJson))

    private fun rawCall(request: String) = Call<RawReply>(attempt { core.raw(request) })

    @JvmSynthetic
    override fun intentCall(intentJson: String, extraKeys: Boolean): CoreCall =
        attempt { core.call(intentJson, extraKeys || core.extraKeys) }

    @JvmSynthetic
    override fun signUpCall(userJson: String, organization: String?): CoreCall = attempt { core.signUp(userJson, organization) }

    @get:JvmSynthetic
    override val allowsExtraKeys: Boolean get() = core.extraKeys

    /** Wipes the token now. A client that is closed can't be used. */
    override fun close() {
        core.close()
    }

    /** Shows no credentials. */
    override fun toString(): String = "Unifyia(…)"

    public companion object {
        /** As the constructor, with options as JSON text, such as a configuration file's: its keys are the same in every language. */
        @JvmStatic
        @JvmOverloads
        public fun fromJson(optionsJson: String, token: String? = null): Unifyia {
            val options = unicode("", optionsJson)
            val text = token?.let { unicode("token", it) }
            return Unifyia(attempt { CoreUnifyia(options, text) })
        }
    }
}
