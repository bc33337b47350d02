// swift-tools-version: 6.0
import Foundation
import PackageDescription

// On Apple's platforms: what `cargo xtask package swift` makes and puts beside this file. Elsewhere, and until it is made, the
// library that cargo builds, in a folder which the linker is told with `-Xlinker -L…`; see README.md.
let framework = "EnrollKitCoreFFI.xcframework"
let isMade = FileManager.default.fileExists(atPath: "\(Context.packageDirectory)/\(framework)")

let package = Package(
    name: "enrollkit",
    platforms: [.iOS(.v15), .macOS(.v12)],
    products: [.library(name: "EnrollKit", targets: ["EnrollKit"])],
    targets: [
        isMade ? .binaryTarget(name: "EnrollKitCoreFFI", path: framework) : .target(name: "EnrollKitCoreFFI"),
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
