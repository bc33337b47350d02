// SwiftPM wants a C target to have a source. What the header declares is in the Rust library.
