import EnrollKit
import EnrollKitCoreFFI
import Other

/// A length that can't be makes enrollkit's library panic, which it catches, by its own unwinding.
func ownPanicIsCaught() -> Bool {
    var status = RustCallStatus()
    _ = ffi_enrollkit_mobile_rustbuffer_from_bytes(ForeignBytes(len: -1, data: nil), &status)
    return status.code == 2
}

func ownCallsWork() throws -> Bool {
    let smile = try SmileId(partnerId: "085", environment: .sandbox, operator: "ops@bank.example", apiKey: "not-a-real-key")
    let call = try smile.reEnroll("user-42")
    return try call.read(status: 200, body: "{\"success\":true}").acknowledgement == .stated && checkUser([:]).count == 8
}

for round in 1...2 {
    guard try ownCallsWork(), ownPanicIsCaught(), other_works(), other_catches() else { fatalError("round \(round)") }
}
print("both work")
