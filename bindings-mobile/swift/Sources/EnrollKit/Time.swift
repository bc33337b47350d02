import Foundation
internal import EnrollKitCore

/// The time of a text such as `2026-11-22T10:00:00.000Z`, read as strictly as the core reads one.
public func parseTime(_ text: String) throws -> Date {
    try within(text, "timestamp")
    let millis = try attempt { try coreParseTime(text: text, path: "timestamp") }
    return Date(timeIntervalSince1970: Double(millis) / 1000)
}

/// Whole milliseconds, floored; this machine's clock when nothing is given. What is no time is refused by the core.
func millis(_ date: Date?, _ path: String = "now") throws -> Int64 {
    let millis = (date ?? Date()).timeIntervalSince1970 * 1000
    guard !millis.isNaN else { throw invalid(.badTimestamp(path, expected: "2026-11-22T10:00:00.000Z")) }
    guard abs(millis) < 0x1p62 else { return millis < 0 ? .min : .max }
    // A `Date` is a `Double` of seconds: a whole millisecond may be a hair below itself.
    let nearest = millis.rounded()
    return Int64(abs(millis - nearest) <= max(0.001, 2 * millis.ulp) ? nearest : millis.rounded(.down))
}

/// The time as it is sent: `2026-11-22T10:00:00.000Z`. The core refuses what is out of its range.
func timeText(_ date: Date) -> String {
    guard let millis = try? millis(date), (-62_135_596_800_000...253_402_300_799_999).contains(millis) else { return "no time" }
    let (days, rest) = (millis.flooredQuotient(86_400_000), millis.flooredRemainder(86_400_000))
    // Civil from days: the era of 400 years, and the year that begins in March.
    let shifted = days + 719_468
    let (era, day) = (shifted.flooredQuotient(146_097), shifted.flooredRemainder(146_097))
    let yearOfEra = (day - day / 1460 + day / 36_524 - day / 146_096) / 365
    let dayOfYear = day - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let march = (5 * dayOfYear + 2) / 153
    let month = march < 10 ? march + 3 : march - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    func padded(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
    }
    let date = [padded(year, 4), padded(month, 2), padded(dayOfYear - (153 * march + 2) / 5 + 1, 2)].joined(separator: "-")
    let time = [padded(rest / 3_600_000, 2), padded(rest / 60_000 % 60, 2), padded(rest / 1000 % 60, 2)].joined(separator: ":")
    return "\(date)T\(time).\(padded(rest % 1000, 3))Z"
}

extension Int64 {
    fileprivate func flooredQuotient(_ divisor: Int64) -> Int64 { (self - flooredRemainder(divisor)) / divisor }
    fileprivate func flooredRemainder(_ divisor: Int64) -> Int64 { ((self % divisor) + divisor) % divisor }
}
