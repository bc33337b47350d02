// swift-tools-version: 6.0
import Foundation
import PackageDescription

// `cargo xtask package swift` makes the library and puts it beside this file: on a Mac the framework, on Linux `lib`. In the
// repository there is neither, and its tests name the folder with `-Xlinker -L…`.
let framework = "EnrollKitCoreFFI.xcframework"
let lib = "\(Context.packageDirectory)/lib"
func isMade(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

let core: Target =
    if isMade("\(Context.packageDirectory)/\(framework)") {
        .binaryTarget(name: "EnrollKitCoreFFI", path: framework)
    } else {
        // Unsafe to SwiftPM, since a package could say anything here: it takes this from a local package only.
        .target(name: "EnrollKitCoreFFI", linkerSettings: isMade(lib) ? [.unsafeFlags(["-L\(lib)"])] : [])
    }

let package = Package(
    name: "enrollkit",
    platforms: [.iOS(.v15), .macOS(.v12)],
    products: [.library(name: "EnrollKit", targets: ["EnrollKit"])],
    targets: [
        core,
        // Generated, internal.
        .target(name: "EnrollKitCore", dependencies: ["EnrollKitCoreFFI"]),
        .target(
            name: "EnrollKit",
            dependencies: ["EnrollKitCore"],
            resources: [.copy("PrivacyInfo.xcprivacy")]
        ),
        .executableTarget(name: "enrollkit-bench", dependencies: ["EnrollKit"], path: "Bench"),
        .testTarget(name: "EnrollKitTests", dependencies: ["EnrollKit"]),
    ],
    swiftLanguageModes: [.v6]
)
