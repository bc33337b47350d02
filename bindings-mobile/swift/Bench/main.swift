// What calls cost: `cargo xtask bench swift` runs this, optimized. The numbers are for comparison within one run.

import EnrollKit
import Foundation

#if canImport(CryptoKit)
import CryptoKit
#endif

func microseconds(_ work: () throws -> Void) rethrows -> Double {
    let start = DispatchTime.now().uptimeNanoseconds
    try work()
    return Double(DispatchTime.now().uptimeNanoseconds - start) / 1000
}

/// The fastest of many short rounds, for one call: in some of them nothing else runs on the machine.
func perCall(_ count: Int, _ work: () throws -> Void) rethrows -> Double {
    let calls = count / 50
    var best = Double.infinity
    for _ in 0..<350 { best = min(best, try microseconds { for _ in 0..<calls { try work() } } / Double(calls)) }
    return best
}

func show(_ name: String, _ value: Double) { print("\(name): \(String(format: "%.2f", value)) µs") }

let first = try microseconds {
    _ = try SmileId(partnerId: "085", environment: .sandbox, operator: "ops@bank.example", apiKey: "not-a-real-key").reEnroll("user-42")
}
let smile = try SmileId(partnerId: "085", environment: .sandbox, operator: "ops@bank.example", apiKey: "not-a-real-key")
let user = SignUpUser(
    name: "jane", organisationName: "Acme Bank", userAppearance: [:], userAttribute: [:], userAddress: [:], userBiometrics: [],
    userIDProofDocuments: [:], userEnrollmentHistoryList: [], email: "jane@bank.example")
let call = try smile.reEnroll("user-42")
let answer = Data("{\"success\":true,\"message\":\"done\"}".utf8)

show("first client and call of the program", first)
show("sign", try perCall(5000) { _ = try smile.sign() })
show("reEnroll", try perCall(5000) { _ = try smile.reEnroll("user-42") })
show("read an answer", try perCall(5000) { _ = try call.read(status: 200, body: answer) })
show("checkUser, valid", perCall(2000) { _ = checkUser(user) })
show("checkUser, empty: 8 violations", perCall(2000) { _ = checkUser([:]) })
show("low-level signature, key schedule included", try perCall(5000) {
    _ = try signature(apiKey: "not-a-real-key", timestamp: "2026-11-22T10:00:00.000Z", partnerId: "085")
})
#if canImport(CryptoKit)
let key = SymmetricKey(data: Data("not-a-real-key".utf8))
let text = Data("2026-11-22T10:00:00.000Z085sid_request".utf8)
show("CryptoKit's HMAC-SHA256 of the same, as base64", perCall(5000) {
    _ = Data(HMAC<SHA256>.authenticationCode(for: text, using: key)).base64EncodedString()
})
#else
print("the platform's own HMAC: Linux has none (swift-crypto is a package of its own)")
#endif
