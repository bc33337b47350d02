// An app's part of an enrollment, on the command line. The session is read from the environment: arguments are everybody's to see.

import EnrollApp
import Foundation

let usage = """
    enroll sign-up BACK-END FIELD=VALUE…     such as name=jane organisationName='Acme Bank' email=jane@bank.example
    enroll re-enroll BACK-END USER
    enroll delete BACK-END USER              what the back end refuses

    BACK-END is an address with the routes /smile and /unifyia; SESSION in the environment is what it knows you by.
    """

func run(_ arguments: [String]) async throws -> Shown? {
    guard arguments.count >= 2 else { return nil }
    let app = try App(backEnd: arguments[1], session: ProcessInfo.processInfo.environment["SESSION"] ?? "")
    let rest = arguments.dropFirst(2)
    switch arguments[0] {
    case "sign-up":
        let pairs = rest.map { $0.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init) }
        guard pairs.allSatisfy({ $0.count == 2 }) else { return nil }
        return await app.signUp(SignUpForm(fields: Dictionary(pairs.map { ($0[0], $0[1]) }) { $1 }))
    case "re-enroll" where rest.count == 1: return await app.reEnroll(rest[2])
    case "delete" where rest.count == 1: return await app.deletePermanently(rest[2])
    default: return nil
    }
}

func end(_ text: String, _ status: Int32) -> Never {
    FileHandle.standardError.write(Data("\(text)\n".utf8))
    exit(status)
}

do {
    switch try await run(Array(CommandLine.arguments.dropFirst())) {
    case .done(let text): print(text)
    case .unclear(let text): end(text, 3)
    case .refused(let text): end(text, 1)
    case .wrong(let fields): end(fields.joined(separator: "\n"), 1)
    case nil: end(usage, 2)
    }
} catch {
    end("\(error)", 2)
}
