package org.enrollkit

/**
 * What a client of Smile ID needs besides credentials.
 *
 * @property partnerId digits as issued, leading zeros included: text, never a number
 * @property environment each has its own host and its own API key; there is no default
 * @property operator the operator's e-mail address, which every change to a user needs
 * @property baseUrl a gateway, a proxy or the sandbox: it replaces scheme, host and prefix
 * @property allowHttp lets [baseUrl] be `http` for any host
 */
public class SmileIdOptions
@JvmOverloads
constructor(
    public val partnerId: String,
    public val environment: Environment,
    public val operator: String? = null,
    public val baseUrl: String? = null,
    public val allowHttp: Boolean = false,
) {
    internal fun collected(): Options =
        Options().text("partner_id", partnerId).text("environment", environment.slug).text("operator", operator)
            .text("base_url", baseUrl).flag("allow_http", allowHttp)

    /** Partner and environment. */
    override fun toString(): String = "SmileIdOptions($partnerId, ${environment.slug})"
}
