package org.enrollkit

import kotlinx.serialization.KSerializer
import kotlinx.serialization.SerializationException
import kotlinx.serialization.descriptors.PrimitiveKind
import kotlinx.serialization.descriptors.PrimitiveSerialDescriptor
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.encoding.Decoder
import kotlinx.serialization.encoding.Encoder
import kotlinx.serialization.json.JsonDecoder
import kotlinx.serialization.json.JsonEncoder

/**
 * What `kotlinx.serialization` makes of an intent or an outcome: its plain form, to the last digit. A format that is not JSON gets
 * the plain form's text.
 */
public open class PlainFormSerializer<T : Any>
internal constructor(name: String, private val write: (T) -> String, private val read: (String) -> T?) : KSerializer<T> {
    override val descriptor: SerialDescriptor = PrimitiveSerialDescriptor("org.enrollkit.$name", PrimitiveKind.STRING)

    /** Never fails for what exists: nothing is lost after a change was made. */
    override fun serialize(encoder: Encoder, value: T) {
        val text = write(value)
        if (encoder is JsonEncoder) encoder.encodeJsonElement(exact(text)) else encoder.encodeString(text)
    }

    /**
     * @throws SerializationException when it is the plain form of none
     * @throws InvalidInputException when it is an intent's, and not valid
     */
    override fun deserialize(decoder: Decoder): T {
        val value =
            if (decoder is JsonDecoder) withJson(decoder.decodeJsonElement(), DEPTH_OF_ANY, read) else read(decoder.decodeString())
        return value ?: throw SerializationException("not the plain form of ${descriptor.serialName}")
    }
}

/** Of an intent: with the rules of [Intent.parse]'s default. */
public object IntentSerializer : PlainFormSerializer<Intent>("Intent", Intent::toJson, { Intent.parse(it) })

/** Of any outcome. */
public object OutcomeSerializer : PlainFormSerializer<Outcome>("Outcome", Outcome::toJson, { Outcome.ofJson(it) })

/** Of [Acknowledged]. */
public object AcknowledgedSerializer : PlainFormSerializer<Acknowledged>("Acknowledged", Outcome::toJson, { Outcome.ofJson(it) as? Acknowledged })

/** Of [EnrolleeInfo]. */
public object EnrolleeInfoSerializer : PlainFormSerializer<EnrolleeInfo>("EnrolleeInfo", Outcome::toJson, { Outcome.ofJson(it) as? EnrolleeInfo })

/** Of [SignedUp]. */
public object SignedUpSerializer : PlainFormSerializer<SignedUp>("SignedUp", Outcome::toJson, { Outcome.ofJson(it) as? SignedUp })

/** Of [Branding]. */
public object BrandingSerializer : PlainFormSerializer<Branding>("Branding", Outcome::toJson, { Outcome.ofJson(it) as? Branding })

/** Of [RawReply]. */
public object RawReplySerializer : PlainFormSerializer<RawReply>("RawReply", Outcome::toJson, { Outcome.ofJson(it) as? RawReply })
