import EnrollKit

/// What a screen would show.
public enum Shown: Sendable, Equatable {
    /// It is done.
    case done(String)
    /// It was sent, and nobody knows: look again before you say "done".
    case unclear(String)
    /// It is not done.
    case refused(String)
    /// Fields, with what is wrong with each.
    case wrong([String])
}

/// An app: it holds no key, only the address of its own back end and the session that this knows its user by.
public struct App: Sendable {
    private let smile: SmileIdRelay
    private let unifyia: UnifyiaRelay
    private let session: HeaderFields

    /// The back end has two routes, `/smile` and `/unifyia`.
    public init(backEnd: String, session: String) throws {
        smile = try SmileIdRelay("\(backEnd)/smile")
        unifyia = try UnifyiaRelay("\(backEnd)/unifyia")
        self.session = ["Authorization": "Bearer \(session)"]
    }

    /// Signs the user up who filled in the form.
    public func signUp(_ form: SignUpForm) async -> Shown {
        let hints = form.hints
        guard hints.isEmpty else { return .wrong(hints.map { "\($0.field) \($0.text)" }) }
        return await shown {
            let outcome = try await send(unifyia.signUp(form.user), headers: session)
            return outcome.acknowledgement == .stated ? .done("Welcome!") : .unclear("Received.")
        }
    }

    /// Lets a user enroll again.
    public func reEnroll(_ userId: String) async -> Shown {
        await shown {
            let outcome = try await send(smile.reEnroll(userId), headers: session)
            return outcome.acknowledgement == .stated ? .done("The user may enroll again.") : .unclear("Sent. Look the user up.")
        }
    }

    /// Deletes a user, which the back end's policy does not let anybody do.
    public func deletePermanently(_ userId: String) async -> Shown {
        await shown {
            _ = try await send(smile.deletePermanently(userId, confirm: userId), headers: session)
            return .done("Deleted for ever.")
        }
    }

    private func shown(_ work: () async throws -> Shown) async -> Shown {
        do {
            return try await work()
        } catch EnrollKitError.invalidInput(let refused) {
            return .wrong(SignUpForm.hints(refused.violations).map { "\($0.field) \($0.text)" })
        } catch EnrollKitError.noResponse(let error) {
            if error.notSent { return .refused("No connection. Nothing was sent.") }
            return .unclear("No answer. It may have happened: look before you try again.")
        } catch EnrollKitError.api(let error) {
            return error.outcomeUnknown ? .unclear("It may have happened: look.") : .refused("Refused: \(error.kind.rawValue).")
        } catch {
            return .refused("\(error)")
        }
    }
}
