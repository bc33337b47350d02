import EnrollKit

/// A queue carries intents, to the last digit: `Intent.reactivate("user-42")`. A call would carry a signature, and go stale.
func enqueue(_ intent: Intent, to queue: inout [String]) { queue.append(intent.jsonText()) }

/// What came of it, as text for a log of jobs: `outcomeOf(json:)` reads it back.
func work(_ queue: inout [String], with smile: SmileId) async throws -> String {
    let intent = try Intent(parsing: queue.removeFirst())
    return try await send(smile.call(intent)).jsonText()
}
