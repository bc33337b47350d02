package org.enrollkit

import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import org.enrollkit.support.SKIPPED
import org.enrollkit.support.difference
import org.enrollkit.support.filesOf
import org.enrollkit.support.json
import org.enrollkit.support.required
import org.enrollkit.support.run
import org.enrollkit.support.expectationOf
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestFactory

/** Every case of tests/vectors, through the public API. */
class VectorsTest {
    private val files = filesOf("vectors")

    @TestFactory
    fun `every vector holds`(): List<DynamicTest> =
        files.map { (name, file) ->
            dynamicTest(name) {
                val kind = file.required("kind")
                val failures =
                    file.getValue("cases").jsonArray.map { it.jsonObject }.filterNot { it.required("id") in SKIPPED }.mapNotNull { case ->
                        val different =
                            try {
                                val input = case.getValue("input").jsonObject
                                difference(expectationOf(kind, case), run(kind, input))
                            } catch (error: Exception) {
                                error.stackTraceToString()
                            }
                        different?.let { "${case.required("id")}: $it" }
                    }
                assertEquals(emptyList<String>(), failures)
            }
        }

    @Test
    fun `what is skipped exists`() {
        val ids = files.flatMap { (_, file) -> file.getValue("cases").jsonArray.map { it.jsonObject.required("id") } }.toSet()
        assertEquals(emptySet<String>(), SKIPPED.keys - ids)
    }

    @Test
    fun `a wrong expectation is found`() {
        val input = json("""{"key":"k","timestamp":"t","partner_id":"p"}""").jsonObject
        assertNotEquals(null, difference(json("""{"signature":"not this"}"""), run("signature", input)))
        val wrong =
            listOf("9007199254740993" to "9007199254740992", "1" to "\"1\"", "[1]" to "[1,2]", """{"a":1}""" to "{}", """{"a":null}""" to """{"a":0}""", "{}" to "[]", "1.10" to "1.1")
        for ((expected, actual) in wrong) assertNotEquals(null, difference(json(expected), json(actual)), expected)
        assertNull(difference(json("""{"a":9007199254740993,"b":null}"""), json("""{"a":9007199254740993,"c":1}""")))
    }
}
