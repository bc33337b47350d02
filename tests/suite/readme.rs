//! The README's example is the one that runs here.

use enrollkit::Acknowledgement;

mod ten_lines {
    #![allow(dead_code, reason = "its `main` is for the command line")]

    include!("../../examples/quickstart/examples/ten-lines.rs");

    pub(super) fn run(base_url: &str) -> Result<Acknowledged, Box<dyn Error>> {
        re_enroll("user-42", enrollkit_sandbox::DEFAULT_SANDBOX_KEY, base_url)
    }
}

#[test]
fn the_ten_lines_re_enroll_a_user() {
    let users = vec!["user-42".to_owned()];
    let config = enrollkit_sandbox::Config { users, log: Box::new(std::io::sink()), ..Default::default() };
    let sandbox = enrollkit_sandbox::start(config).unwrap();
    let outcome = ten_lines::run(sandbox.url()).unwrap();
    assert_eq!(outcome.acknowledgement(), Acknowledgement::Stated);
}

#[test]
fn the_readme_shows_the_ten_lines_that_run() {
    let example = include_str!("../../examples/quickstart/examples/ten-lines.rs");
    let start = example.find("fn re_enroll").unwrap();
    let end = start + example[start..].find("\n}\n").unwrap() + 3;
    let shown = format!("```rust\n{}```", &example[start..end]);
    assert!(
        include_str!("../../README.md").contains(&shown),
        "the README's Rust example is not the one that runs"
    );
}
