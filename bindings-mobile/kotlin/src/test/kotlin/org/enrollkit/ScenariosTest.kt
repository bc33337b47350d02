package org.enrollkit

import kotlinx.serialization.json.jsonObject
import org.enrollkit.support.filesOf
import org.enrollkit.support.json
import org.enrollkit.support.play
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestFactory
import org.junit.jupiter.api.parallel.Execution
import org.junit.jupiter.api.parallel.ExecutionMode

/** Every scenario of tests/scenarios: real HTTP with the JDK's own client, each against a sandbox of its own. */
@Execution(ExecutionMode.CONCURRENT) // The slow ones mostly wait.
class ScenariosTest {
    @TestFactory
    fun `every scenario plays`(): List<DynamicTest> =
        filesOf("scenarios").map { (name, scenario) -> dynamicTest(name) { assertNull(play(scenario)) } }

    @Test
    fun `a wrong expectation is found`() {
        fun scenario(step: String) =
            json(
                """{"sandbox":{"users":["u"]},"clients":{"ops":{"service":"smile_id","api_key":"${'$'}sandbox_key","options":
                {"partner_id":"085","environment":"sandbox","operator":"o@bank.example","base_url":"${'$'}sandbox"}}},
                "steps":[{"client":"ops","intent":{"action":"smile_id.deactivate","user_id":"u"},$step}]}""",
            ).jsonObject
        assertNull(play(scenario(""""expect":{"outcome":{"acknowledgement":"stated"}}""")))
        val wrong =
            listOf(
                """"expect":{"outcome":{"acknowledgement":"unstated"}}""",
                """"expect":{"error":{"code":"api_error"}}""",
                """"expect":{"violations":[{"code":"required"}]}""",
                """"expect":{"outcome":{},"raw_contains":"not there"}""",
                """"expect":{"outcome":{},"clock_skew_seconds":{"from":0,"to":9}}""",
                """"expect":{"outcome":{}},"requests_at_sandbox":{"user_id":"u","total":2,"processed":1}""",
                """"expect":{"outcome":{}},"redirected_calls":1""",
                """"expect":{"outcome":{}},"sign_ups_at_sandbox":[{"name":"u"}]""",
            )
        for (step in wrong) assertNotNull(play(scenario(step)), step)
    }
}
