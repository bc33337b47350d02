package org.enrollkit

import org.enrollkit.jni.CoreCall
import org.enrollkit.jni.coreRelaySignUp
import org.enrollkit.jni.coreRelayUnifyia

/**
 * Unifyia's user sign-up, for an app: it holds no token. Each call brings the intent to your own back end, which applies its
 * policy and sends; the answer is read as if it came from the service.
 *
 * @param url your back end's route
 * @throws InvalidInputException when [url] is no `https` address
 */
public class UnifyiaRelay(url: String) : UnifyiaActions() {
    private val url = relayUrl(url)

    @JvmSynthetic
    override fun intentCall(intentJson: String, extraKeys: Boolean): CoreCall =
        attempt { coreRelayUnifyia(url, intentJson, extraKeys) }

    @JvmSynthetic
    override fun signUpCall(userJson: String, organization: String?): CoreCall =
        attempt { coreRelaySignUp(url, userJson, organization) }

    @get:JvmSynthetic
    override val allowsExtraKeys: Boolean get() = false

    /** The route. */
    override fun toString(): String = "UnifyiaRelay($url)"
}
