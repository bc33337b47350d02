import EnrollKit

func digits() throws -> Bool {
    let value = try JSONValue(parsing: #"{"id": 9007199254740993, "rate": 1.10}"#)
    let id: Int64? = value["id"]?.numberValue?.int64 // 9007199254740993
    let rate: String? = value["rate"]?.numberValue?.text // "1.10"
    let user: JSONValue = ["name": "jane", "id": 9_007_199_254_740_993, "userBiometrics": []]
    return id == 9_007_199_254_740_993 && rate == "1.10" && checkUser(user).contains { $0.path == "organisationName" }
}
