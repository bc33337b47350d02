import org.enrollkit.Intent

fun digits() {
    val intent = Intent.parse(
        """{"action": "unifyia.sign_up", "user": {"name": "jane", "organisationName": "Acme Bank",
        "id": 9007199254740993, "userAppearance": {}, "userAttribute": {}, "userAddress": {}, "userBiometrics": [],
        "userIDProofDocuments": {}, "userEnrollmentHistoryList": []}}""",
    )
    println(intent.user?.get("id")) // 9007199254740993
}
