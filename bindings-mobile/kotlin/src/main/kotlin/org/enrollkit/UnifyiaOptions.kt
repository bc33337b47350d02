package org.enrollkit

/**
 * What a client of Unifyia needs besides a token.
 *
 * @property baseUrl scheme, host and the installation's prefix
 * @property allowHttp lets [baseUrl] be `http` for any host
 * @property authHeader the header of the token; null for `Authorization` (an assumption)
 * @property pathSpelling how the sign-up's path is spelled; null for `organizations` (an assumption)
 * @property wrapping whether the body is the user object or wraps it; null for [Wrapping.BARE] (an assumption)
 * @property allowExtraKeys lets keys through that the user object does not have
 */
public class UnifyiaOptions
@JvmOverloads
constructor(
    public val baseUrl: String,
    public val allowHttp: Boolean = false,
    public val authHeader: String? = null,
    public val pathSpelling: PathSpelling? = null,
    public val wrapping: Wrapping? = null,
    public val allowExtraKeys: Boolean = false,
) {
    internal fun collected(): Options =
        Options().text("base_url", baseUrl).flag("allow_http", allowHttp).text("auth_header", authHeader)
            .text("path_spelling", pathSpelling?.slug).text("wrapping", wrapping?.slug)
            .flag("allow_extra_keys", allowExtraKeys)

    /** The base URL. */
    override fun toString(): String = "UnifyiaOptions($baseUrl)"
}
