import Foundation
internal import EnrollKitCore

/// What came of a call.
public protocol Outcome: Sendable, CustomStringConvertible {
    /// What was called.
    var operation: ServiceOperation { get }
    /// Whether reading lost something: invalid UTF-8, a lone surrogate, a repeated key.
    var isLossy: Bool { get }
    /// The body that this was read from, the call's secrets masked; empty for what came through a relay.
    var raw: Data { get }
    /// The plain form as JSON text, the same in every language, with all details: it may hold personal data.
    func jsonText() -> String
}

/// What can come of an intent: every outcome but a raw call's.
public protocol IntentOutcome: Outcome {}

/// What the core read.
struct Reading: Sendable, Hashable {
    let operation: ServiceOperation?
    let json: String
    let raw: Data
    let isLossy: Bool
    let plain: JSONValue

    init(_ core: CoreOutcome) {
        json = core.json
        raw = core.raw
        isLossy = core.lossy
        plain = EnrollKit.plain(core.json)
        operation = plain.word("operation")
    }

    var status: Int { Int(plain.integer("status") ?? 0) }
    var acknowledgement: Acknowledgement { plain.word("acknowledgement") ?? .unstated }

    static func == (left: Self, right: Self) -> Bool { same(left.json, right.json) }
    func hash(into hasher: inout Hasher) { hasher.combine(json) }

    /// The outcome of an intent, by what was called.
    var outcome: (any IntentOutcome)? {
        switch operation {
        case .smileIdEnrolleeInfo: EnrolleeInfo(self)
        case .unifyiaSignUp: SignedUp(self)
        case .unifyiaBranding: Branding(self)
        case .smileIdRaw, .unifyiaRaw, nil: nil
        default: Acknowledged(self)
        }
    }
}

/// The outcome of a plain form: the inverse of ``Outcome/jsonText()``, but for the raw body. Nil when it is the form of none.
public func outcomeOf(json: String) -> (any Outcome)? {
    guard (try? within(json, "")) != nil, let core = coreOutcomeFrom(json: json) else { return nil }
    let reading = Reading(core)
    return reading.outcome ?? RawReply(reading)
}

/// A change to a user was accepted.
public struct Acknowledged: IntentOutcome, Hashable, Redacted {
    /// What was called.
    public let operation: ServiceOperation
    /// The HTTP status.
    public let status: Int
    /// On ``Acknowledgement/unstated``, look the user up before you say "done".
    public let acknowledgement: Acknowledgement
    /// The service's message, safe to show.
    public let message: String?
    private let reading: Reading

    init?(_ reading: Reading) {
        guard let operation = reading.operation else { return nil }
        self.operation = operation
        status = reading.status
        acknowledgement = reading.acknowledgement
        message = reading.plain.text("message")
        self.reading = reading
    }

    /// Whether reading lost something.
    public var isLossy: Bool { reading.isLossy }
    /// The body as it came, the call's secrets masked.
    public var raw: Data { reading.raw }
    /// The plain form.
    public func jsonText() -> String { reading.json }
    /// Operation, status and acknowledgement.
    public var description: String { "Acknowledged(\(operation.rawValue): status \(status), \(acknowledgement.rawValue))" }
}

/// What Smile ID knows of a user.
public struct EnrolleeInfo: IntentOutcome, Hashable, Redacted {
    /// The user's flags. Nil when the answer has no such object, which then confirms nothing.
    public let enrolledUser: EnrolledUser?
    /// The user's jobs.
    public let history: [HistoryEntry]
    private let reading: Reading

    init?(_ reading: Reading) {
        enrolledUser = reading.plain["enrolled_user"].map(EnrolledUser.init)
        history = (reading.plain["history"]?.arrayValue ?? []).map(HistoryEntry.init)
        self.reading = reading
    }

    /// A look-up.
    public var operation: ServiceOperation { .smileIdEnrolleeInfo }
    /// Whether reading lost something.
    public var isLossy: Bool { reading.isLossy }
    /// The body as it came, the call's secrets masked.
    public var raw: Data { reading.raw }
    /// The plain form, with all details: heavy personal data.
    public func jsonText() -> String { reading.json }
    /// How long the history is.
    public var description: String { "EnrolleeInfo(history of \(history.count))" }
}

/// A user's flags; one that the answer left out is nil.
public struct EnrolledUser: Sendable, Hashable, Redacted {
    /// The user may submit one more enrollment job.
    public let allowNewEnroll: Bool?
    /// The enrollment is complete.
    public let complete: Bool?
    /// The user is deleted, for ever.
    public let deleted: Bool?
    /// The user is deactivated.
    public let inactive: Bool?
    /// The user is marked as fraudulent.
    public let isFraudulent: Bool?
    /// The enrollment is pending.
    public let pending: Bool?
    /// The enrollment is provisional.
    public let provisional: Bool?

    init(_ plain: JSONValue) {
        allowNewEnroll = plain.flag("allow_new_enroll")
        complete = plain.flag("complete")
        deleted = plain.flag("deleted")
        inactive = plain.flag("inactive")
        isFraudulent = plain.flag("is_fraudulent")
        pending = plain.flag("pending")
        provisional = plain.flag("provisional")
    }

    /// Shows nothing of the user.
    public var description: String { "EnrolledUser(…)" }
}

/// One job of a user.
public struct HistoryEntry: Sendable, Hashable, Redacted {
    /// When it was made, as the service writes it.
    public let createdAt: String?
    /// What the partner said of the job.
    public let partnerParams: PartnerParams
    /// The service's id of the job.
    public let jobId: String?
    /// As text: `0840`.
    public let resultCode: String?
    /// What came of it, in words.
    public let resultMessage: String?
    /// Withheld by a relay unless its policy gives it.
    public let idCheck: IdCheck?

    init(_ plain: JSONValue) {
        createdAt = plain.text("created_at")
        partnerParams = PartnerParams(plain["partner_params"] ?? .null)
        jobId = plain.text("job_id")
        resultCode = plain.text("result_code")
        resultMessage = plain.text("result_message")
        idCheck = plain["id_check"].map(IdCheck.init)
    }

    /// The result's code.
    public var description: String { "HistoryEntry(result \(resultCode ?? "none"))" }
}

/// What the partner said of a job.
public struct PartnerParams: Sendable, Hashable, Redacted {
    /// The partner's id of the job.
    public let jobId: String?
    /// The user.
    public let userId: String?
    /// The kind of job, as text.
    public let jobType: String?

    init(_ plain: JSONValue) {
        jobId = plain.text("job_id")
        userId = plain.text("user_id")
        jobType = plain.text("job_type")
    }

    /// Shows none of the ids.
    public var description: String { "PartnerParams(…)" }
}

/// An identity document that was checked: heavy personal data.
public struct IdCheck: Sendable, Hashable, Redacted {
    /// The holder's name.
    public let name: String?
    /// The document's number.
    public let idNumber: String?
    /// The country that issued it.
    public let country: String?
    /// The kind of document.
    public let idType: String?
    /// The date of birth.
    public let dob: String?
    /// When the document ends.
    public let expirationDate: String?
    /// A base64 image.
    public let photo: String?
    /// The holder's address.
    public let address: String?
    /// The holder's gender.
    public let gender: String?
    /// The holder's phone number.
    public let phoneNumber: String?
    /// The authority's result, as text.
    public let resultCode: String?
    /// The authority's result, in words.
    public let resultText: String?
    /// Whatever the authority answered, its own keys kept.
    public let fullData: JSONValue?

    init(_ plain: JSONValue) {
        name = plain.text("name")
        idNumber = plain.text("id_number")
        country = plain.text("country")
        idType = plain.text("id_type")
        dob = plain.text("dob")
        expirationDate = plain.text("expiration_date")
        photo = plain.text("photo")
        address = plain.text("address")
        gender = plain.text("gender")
        phoneNumber = plain.text("phone_number")
        resultCode = plain.text("result_code")
        resultText = plain.text("result_text")
        fullData = plain["full_data"]
    }

    /// Shows nothing of the holder.
    public var description: String { "IdCheck(…)" }
}

/// A user was signed up.
public struct SignedUp: IntentOutcome, Hashable, Redacted {
    /// The HTTP status.
    public let status: Int
    /// On ``Acknowledgement/unstated``, do not say "done" yet.
    public let acknowledgement: Acknowledgement
    /// The service's answer, its own keys and every digit kept. Withheld by a relay unless its policy gives it.
    public let json: JSONValue?
    private let reading: Reading

    init?(_ reading: Reading) {
        status = reading.status
        acknowledgement = reading.acknowledgement
        json = reading.plain["json"]
        self.reading = reading
    }

    /// A sign-up.
    public var operation: ServiceOperation { .unifyiaSignUp }
    /// Whether reading lost something.
    public var isLossy: Bool { reading.isLossy }
    /// The body as it came, the call's secrets masked.
    public var raw: Data { reading.raw }
    /// The plain form.
    public func jsonText() -> String { reading.json }
    /// Status and acknowledgement.
    public var description: String { "SignedUp(status \(status), \(acknowledgement.rawValue))" }
}

/// An organization's branding.
public struct Branding: IntentOutcome, Hashable, Redacted {
    /// A base64 image.
    public let logo: String?
    /// A URL. Check its scheme before it becomes a link.
    public let policyStatement: String?
    /// A language code.
    public let language: String?
    /// The issuer's public key, in base64.
    public let issuerPublicKey: String?
    /// The issuer's certificate, in base64.
    public let issuerCertificate: String?
    private let reading: Reading

    init?(_ reading: Reading) {
        logo = reading.plain.text("logo")
        policyStatement = reading.plain.text("policy_statement")
        language = reading.plain.text("language")
        issuerPublicKey = reading.plain.text("issuer_public_key")
        issuerCertificate = reading.plain.text("issuer_certificate")
        self.reading = reading
    }

    /// A look at the branding.
    public var operation: ServiceOperation { .unifyiaBranding }
    /// Whether reading lost something.
    public var isLossy: Bool { reading.isLossy }
    /// The body as it came, the call's secrets masked.
    public var raw: Data { reading.raw }
    /// The plain form.
    public func jsonText() -> String { reading.json }
    /// The language.
    public var description: String { "Branding(language \(language ?? "none"))" }
}

/// The answer to a raw call.
public struct RawReply: Outcome, Hashable, Redacted {
    /// What was called.
    public let operation: ServiceOperation
    /// The HTTP status.
    public let status: Int
    /// The JSON, its own keys and every digit kept; nil when the body is not JSON.
    public let json: JSONValue?
    private let reading: Reading

    init?(_ reading: Reading) {
        guard let operation = reading.operation else { return nil }
        self.operation = operation
        status = reading.status
        json = reading.plain["json"]
        self.reading = reading
    }

    /// Whether reading lost something.
    public var isLossy: Bool { reading.isLossy }
    /// The body as it came, the call's secrets masked.
    public var raw: Data { reading.raw }
    /// The plain form.
    public func jsonText() -> String { reading.json }
    /// Operation and status.
    public var description: String { "RawReply(\(operation.rawValue): status \(status))" }
}
