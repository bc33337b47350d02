//! On macOS an extension module is linked with flags of its own; elsewhere this does nothing.

fn main() {
    pyo3_build_config::add_extension_module_link_args();
}
