// swift-tools-version: 6.0
import PackageDescription

let package = Package(
    name: "enroll",
    platforms: [.macOS(.v12)],
    dependencies: [.package(name: "enrollkit", path: "../../../bindings-mobile/swift")],
    targets: [
        .target(name: "EnrollApp", dependencies: [.product(name: "EnrollKit", package: "enrollkit")]),
        .executableTarget(name: "enroll", dependencies: ["EnrollApp"]),
        .testTarget(name: "EnrollAppTests", dependencies: ["EnrollApp"]),
    ],
    swiftLanguageModes: [.v6]
)
