import EnrollKit
import Foundation

/// The bytes as they came, up to 2 MiB of them, and every header. Answer within 35 seconds.
func webhookRoute(_ headers: [String: [String]], _ body: Data, key: String, store: (Verified) throws -> Void) throws -> Int {
    let verifier = try Verifier(partnerId: "085", keys: [key])
    do {
        let message = try verifier.webhook(headers: HeaderFields(headers), body: body)
        // The sender knew a fresh signature. Body and ids are NOT authenticated: act on what a look-up confirms.
        try store(message) // to a disk, once for each `deliveryKey`; what fails here is a 500, and comes again
        return 200
    } catch EnrollKitError.signatureRefused(let refused) {
        print("webhook refused: \(refused.reason)")
        return 401
    }
}
