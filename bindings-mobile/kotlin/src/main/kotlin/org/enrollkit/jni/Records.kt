package org.enrollkit.jni

/** An error of the core. */
internal class CoreProblem(answer: Unpacking) {
    /** The plain form, with what the service wrote: the facade leaves that out of its own. */
    val plain: Plain = answer.value() as Plain

    /** What it says: no secret, no personal data. */
    val text: String = answer.text()

    /** The body as it came, the call's secrets masked; empty where there is none. */
    val raw: ByteArray = answer.bytes()
}

/** A request that is ready to be sent. */
internal class CoreCall(answer: Unpacking) {
    val operation: String = answer.text()
    val method: String = answer.text()
    val url: String = answer.text()
    val headers: Map<String, String> = LinkedHashMap<String, String>().apply { repeat(answer.count()) { put(answer.text(), answer.text()) } }
    val body: String? = answer.optional()

    /** What may be shown of the call. */
    val shown: String = answer.text()

    /** Who reads the answer: it goes back as it is. */
    val reader: ByteArray = answer.bytes()
}

/** An outcome: its plain form, numbers exact, and the body that it was read from, the call's secrets masked. */
internal class CoreOutcome(answer: Unpacking) {
    val plain: Plain = answer.value() as Plain
    val raw: ByteArray = answer.bytes()
    val lossy: Boolean = answer.flag()
}

/** A valid intent: its exact text, and what a policy asks of it. */
internal class CoreIntent(answer: Unpacking) {
    val json: String = answer.text()
    val action: String = answer.text()
    val userId: String? = answer.optional()
    val organization: String? = answer.optional()

    /** The user object of a sign-up, as JSON text. */
    val user: String? = answer.optional()
}

/** A timestamp and its signature. */
internal class CorePair(answer: Unpacking) {
    val partnerId: String = answer.text()
    val environment: String = answer.text()
    val timestamp: String = answer.text()
    val signature: String = answer.text()
    val expiresIn: Long = answer.number()
}

/** A relay's answer. */
internal class CoreAnswer(answer: Unpacking) {
    val status: Int = answer.number().toInt()
    val body: String = answer.text()
}

/** What is said of a valid callback or webhook. */
internal class CoreVerified(answer: Unpacking) {
    val ageSeconds: Long = answer.number()
    val jobId: String? = answer.optional()
    val userId: String? = answer.optional()
    val idsDiffer: Boolean = answer.flag()
    val resultCode: String? = answer.optional()
    val partnerIdForm: String = answer.text()
    val deliveryKey: String = answer.text()
    val pairKey: String = answer.text()

    /** The body as JSON text; null when it is not JSON. */
    val json: String? = answer.optional()
}
