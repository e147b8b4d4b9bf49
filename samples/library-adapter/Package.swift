// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "library-adapter",
    dependencies: [
        // In a program elsewhere: .package(url: "https://…/nctsbridge", from: "…", traits: [])
        .package(name: "nctsbridge", path: "../..", traits: [])
    ],
    targets: [
        .executableTarget(
            name: "LibraryAdapter",
            dependencies: [
                .product(name: "GuaranteeAdapter", package: "nctsbridge"),
                .product(name: "GuaranteeConversion", package: "nctsbridge"),
            ])
    ]
)
