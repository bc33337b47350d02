package org.enrollkit.jni

// The core's functions: what each door takes and gives is said in its table, `core/doors/src/door.rs`.

/** A client of Smile ID that holds a key schedule or a pair. */
internal class CoreSmileId private constructor(private val handle: Handle) : AutoCloseable by handle {
    constructor(options: String, apiKey: String) :
        this(Handle(enter(Door.SMILE_ID, Packing().text(options).text(apiKey))))

    fun withOperator(email: String) =
        CoreSmileId(Handle(enter(Door.SMILE_ID_WITH_OPERATOR, Packing().text(email), handle = handle)))

    fun call(intent: String, now: Long) =
        CoreCall(enter(Door.SMILE_ID_CALL, Packing(intent.length + 16).text(intent), now = now, handle = handle))

    /** The call of an intent that needs a user id and nothing more. */
    fun callAbout(action: String, userId: String, now: Long) =
        CoreCall(enter(Door.SMILE_ID_CALL_ABOUT, Packing().text(action).text(userId), now = now, handle = handle))

    fun raw(request: String, now: Long) =
        CoreCall(enter(Door.SMILE_ID_RAW, Packing(request.length + 16).text(request), now = now, handle = handle))

    fun sign(now: Long) = CorePair(enter(Door.SMILE_ID_SIGN, now = now, handle = handle))

    companion object {
        fun fromPair(options: String, pair: String, receivedAt: Long) =
            CoreSmileId(Handle(enter(Door.SMILE_ID_FROM_PAIR, Packing().text(options).text(pair), now = receivedAt)))
    }
}

/** A client of Unifyia that may hold a token. */
internal class CoreUnifyia private constructor(private val handle: Handle, val extraKeys: Boolean) : AutoCloseable by handle {
    private constructor(answer: Unpacking) : this(Handle(answer), answer.flag())

    constructor(options: String, token: String?) : this(enter(Door.UNIFYIA, Packing().text(options).optional(token)))

    fun withToken(token: String) =
        CoreUnifyia(Handle(enter(Door.UNIFYIA_WITH_TOKEN, Packing().text(token), handle = handle)), extraKeys)

    fun call(intent: String, extraKeys: Boolean) =
        CoreCall(enter(Door.UNIFYIA_CALL, Packing(intent.length + 16).text(intent).flag(extraKeys), handle = handle))

    fun signUp(user: String, organization: String?) =
        CoreCall(enter(Door.UNIFYIA_SIGN_UP, Packing(user.length + 64).text(user).optional(organization), handle = handle))

    fun raw(request: String) = CoreCall(enter(Door.UNIFYIA_RAW, Packing(request.length + 16).text(request), handle = handle))
}

/** Verifies callbacks and webhooks. */
internal class CoreVerifier private constructor(private val handle: Handle) : AutoCloseable by handle {
    constructor(options: String, keys: List<String>) : this(Handle(enter(Door.VERIFIER, Packing().text(options).texts(keys))))

    fun callback(body: ByteArray, now: Long) = CoreVerified(enter(Door.CALLBACK, body = body, now = now, handle = handle))

    fun webhook(headers: Map<out String?, List<String>>, body: ByteArray, now: Long) =
        CoreVerified(enter(Door.WEBHOOK, Packing(1024).headers(headers), body, now, handle))
}

internal fun coreRelaySmileId(url: String, intent: String) = CoreCall(enter(Door.SMILE_ID_RELAY, Packing().text(url).text(intent)))

internal fun coreRelayUnifyia(url: String, intent: String, extraKeys: Boolean) =
    CoreCall(enter(Door.UNIFYIA_RELAY, Packing(intent.length + 128).text(url).text(intent).flag(extraKeys)))

internal fun coreRelaySignUp(url: String, user: String, organization: String?) =
    CoreCall(enter(Door.UNIFYIA_RELAY_SIGN_UP, Packing(user.length + 128).text(url).text(user).optional(organization)))

internal fun coreCheckRelayUrl(url: String) {
    enter(Door.CHECK_RELAY_URL, Packing().text(url))
}

internal fun coreParseIntent(json: String, selfService: Boolean, extraKeys: Boolean) =
    CoreIntent(enter(Door.PARSE_INTENT, Packing(json.length + 16).text(json).flag(selfService).flag(extraKeys)))

internal fun coreSignUpIntent(user: String, organization: String?) =
    CoreIntent(enter(Door.SIGN_UP_INTENT, Packing(user.length + 64).text(user).optional(organization)))

internal fun coreWithUserFields(intent: String, fields: String, extraKeys: Boolean) =
    CoreIntent(enter(Door.WITH_USER_FIELDS, Packing(intent.length + 128).text(intent).text(fields).flag(extraKeys)))

/** Violations in their plain form. */
internal fun coreCheckUser(user: String, selfService: Boolean, extraKeys: Boolean, organization: String?): List<Plain> {
    val fields = Packing(user.length + 64).text(user).flag(selfService).flag(extraKeys).optional(organization)
    return Plain.plainsOf(enter(Door.CHECK_USER, fields).value())
}

internal fun coreParseTime(text: String, path: String): Long = enter(Door.PARSE_TIME, Packing().text(text).text(path)).number()

internal fun coreSignature(apiKey: String, timestamp: String, partnerId: String): String =
    enter(Door.SIGNATURE, Packing().text(apiKey).text(timestamp).text(partnerId)).text()

internal fun coreRead(reader: ByteArray, maxBytes: Long, status: Int, headers: Map<out String?, List<String>>, body: ByteArray) =
    CoreOutcome(enter(Door.READ, Packing(512).bytes(reader).number(status.toLong()).number(maxBytes).headers(headers), body))

internal fun coreNoResponse(operation: String, notSent: Boolean) =
    CoreProblem(enter(Door.NO_RESPONSE, Packing().text(operation).flag(notSent)))

/** Null when the text is the plain form of no outcome. */
internal fun coreOutcomeFrom(json: String): CoreOutcome? =
    enter(Door.OUTCOME_FROM, Packing(json.length + 16).text(json)).let { if (it.flag()) CoreOutcome(it) else null }

/** Null when the text is the plain form of no error. A facade's own violations become an error so, too. */
internal fun coreErrorFrom(json: String): CoreProblem? =
    enter(Door.ERROR_FROM, Packing(json.length + 16).text(json)).let { if (it.flag()) CoreProblem(it) else null }

internal fun coreRefusedByPolicy(action: String) = CoreProblem(enter(Door.REFUSED_BY_POLICY, Packing().text(action)))

internal fun coreRelayAnswer(outcome: String?, error: String?, details: Boolean) =
    CoreAnswer(enter(Door.RELAY_ANSWER, Packing(1024).optional(outcome).optional(error).flag(details)))

/** Null to go on. */
internal fun coreRouteRefusal(rules: String, method: String, headers: Map<out String?, List<String>>): CoreAnswer? =
    enter(Door.ROUTE_REFUSAL, Packing(512).text(rules).text(method).headers(headers)).let { if (it.flag()) CoreAnswer(it) else null }

/** The slug of a confirmation, by a look-up's plain outcome or error. */
internal fun coreConfirmedBy(action: String, outcome: String?, error: String?): String =
    enter(Door.CONFIRMED_BY, Packing(1024).text(action).optional(outcome).optional(error)).text()
