import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray
import kotlinx.serialization.json.putJsonObject

/** The fields of a command line; null when one of the words is none. */
fun fieldsOf(words: List<String>): Map<String, String>? {
    val pairs = words.map { it.split('=', limit = 2) }
    return if (pairs.any { it.size != 2 }) null else pairs.associate { (name, text) -> name to text }
}

/** What is sent of a form: the fields that were filled in, and what this bank's workflow wants beside them. */
fun userOf(fields: Map<String, String>): JsonObject = buildJsonObject {
    fields.filterValues(String::isNotEmpty).forEach { (name, text) -> put(name, text) }
    put("organisationName", "Acme Bank")
    for (group in listOf("userAppearance", "userAttribute", "userAddress", "userIDProofDocuments")) putJsonObject(group) {}
    for (list in listOf("userBiometrics", "userEnrollmentHistoryList")) putJsonArray(list) {}
}
