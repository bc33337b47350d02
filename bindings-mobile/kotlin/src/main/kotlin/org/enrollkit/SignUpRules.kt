package org.enrollkit

/**
 * How the user object of a sign-up is checked.
 *
 * @property selfService for whoever fills in their own form: what only the organization may set is a violation, `set_by_server`
 * @property allowExtraKeys lets keys through that the documentation does not know
 */
public class SignUpRules
@JvmOverloads
constructor(public val selfService: Boolean = false, public val allowExtraKeys: Boolean = false)
