import EnrollKit

func errors() throws {
    do {
        _ = try SmileIdRelay("https://api.bank.example/smile").deletePermanently("user-42", confirm: "user-4")
    } catch let error as EnrollKitError {
        print(error.violations) // [confirm must be …]
        let queued = error.jsonText() // a plain form for logs, queues and workers …
        print(EnrollKitError(json: queued)?.code == .invalidInput) // … and back: true
    }
}
