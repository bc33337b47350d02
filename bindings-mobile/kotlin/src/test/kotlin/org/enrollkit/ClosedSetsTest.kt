package org.enrollkit

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import org.enrollkit.support.WORKSPACE
import org.enrollkit.support.required
import org.enrollkit.support.slugOf
import org.enrollkit.support.texts
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import kotlin.io.path.readText

/** What the core's catalogue lists, Kotlin has. */
class ClosedSetsTest {
    private fun items(name: String): List<JsonObject> {
        val text = WORKSPACE.resolve("core/catalogue/$name.json").readText()
        return Json.parseToJsonElement(text).jsonObject.getValue("items").jsonArray.map { it.jsonObject }
    }

    @Test
    fun `each closed set is an enum with the same words`() {
        for (item in items("slugs")) {
            val type = Class.forName("org.enrollkit.${item.required("set")}")
            assertEquals(item.texts("slugs"), type.enumConstants.map { slugOf(it as Enum<*>) }, type.simpleName)
        }
        assertEquals(Operation.SMILE_ID_RE_ENROLL, Operation.ofSlug("smile_id.re_enroll"))
        assertNull(Operation.ofSlug("smile_id.of_a_newer_version"))
    }

    @Test
    fun `each field of the user object is a property, and the required ones come first`() {
        val parameters = SignUpUser::class.java.constructors.maxBy { it.parameterCount }.parameterCount
        val fields = items("user-fields")
        // The further fields, the bits of the defaults, and the marker of the constructor that has defaults.
        assertTrue(parameters >= fields.size + 1)
        val getters = SignUpUser::class.java.methods.map { it.name }.toSet()
        for (field in fields) {
            val name = field.required("name")
            val getter = if (name.startsWith("is") && name[2].isUpperCase()) name else "get${name.replaceFirstChar(Char::uppercase)}"
            assertTrue(getter in getters, name)
        }
    }
}
