package org.enrollkit

import org.enrollkit.jni.CoreCall
import org.enrollkit.jni.coreRelaySmileId
import java.time.Instant

/**
 * Smile ID's user management, for an app: it holds no credentials. Each call brings the intent to your own back end, which applies
 * its policy, signs and sends; the answer is read as if it came from the service.
 *
 * @param url your back end's route
 * @throws InvalidInputException when [url] is no `https` address
 */
public class SmileIdRelay(url: String) : SmileIdActions() {
    private val url = relayUrl(url)

    @JvmSynthetic
    override fun intentCall(intentJson: String, now: Instant): CoreCall = attempt { coreRelaySmileId(url, intentJson) }

    @JvmSynthetic
    override fun aboutCall(action: Action, userId: String, now: Instant): CoreCall =
        intentCall(intentText(action, "user_id" to userId), now)

    /** The route. */
    override fun toString(): String = "SmileIdRelay($url)"
}
