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
public abstract class PlainFormSerializer<T : Any> internal constructor(name: String) : KSerializer<T> {
    @JvmSynthetic
    internal abstract fun write(value: T): String

    /** Null for the text of another thing. */
    @JvmSynthetic
    internal abstract fun read(text: String): T?

    override val descriptor: SerialDescriptor = PrimitiveSerialDescriptor("org.enrollkit.$name", PrimitiveKind.STRING)

    /** Never fails for what exists: nothing is lost after a change was made. */
    override fun serialize(encoder: Encoder, value: T) {
        val text = write(value)
        if (encoder is JsonEncoder) encoder.encodeJsonElement(exactJson(text)) else encoder.encodeString(text)
    }

    /**
     * @throws SerializationException when it is the plain form of none
     * @throws InvalidInputException when it is an intent's, and not valid
     */
    override fun deserialize(decoder: Decoder): T {
        val value =
            if (decoder is JsonDecoder) withJson(decoder.decodeJsonElement(), DEPTH_OF_ANY, ::read) else read(decoder.decodeString())
        return value ?: throw SerializationException("not the plain form of ${descriptor.serialName}")
    }
}

/** Of an intent: with the rules of [Intent.parse]'s default. */
public object IntentSerializer : PlainFormSerializer<Intent>("Intent") {
    override fun write(value: Intent): String = value.toJson()

    override fun read(text: String): Intent = Intent.parse(text)
}

/** Of the outcomes of one type. */
public abstract class OneOutcomeSerializer<T : Outcome> internal constructor(name: String, private val type: Class<T>) :
    PlainFormSerializer<T>(name) {
    override fun write(value: T): String = value.toJson()

    override fun read(text: String): T? = Outcome.ofJson(text)?.let { if (type.isInstance(it)) type.cast(it) else null }
}

/** Of any outcome. */
public object OutcomeSerializer : OneOutcomeSerializer<Outcome>("Outcome", Outcome::class.java)
