import org.enrollkit.Call
import org.enrollkit.Method
import org.enrollkit.RawPath
import org.enrollkit.RawReply
import org.enrollkit.Unifyia
import org.enrollkit.UnifyiaRawRequest

fun secondPage(unifyia: Unifyia, organization: String): Call<RawReply> {
    val path = RawPath.ofSteps(listOf("organizations", organization, "users")) // any text: it is encoded
    return unifyia.raw(UnifyiaRawRequest(Method.GET, path, query = mapOf("page" to listOf("1"), "sort" to listOf("name"))))
}
