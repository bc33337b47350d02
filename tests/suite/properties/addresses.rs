//! An address that the core takes is read by a browser's URL parser as the core reads it: the whole point of the grammar.

use enrollkit::smile_id::{RawAuth, RawHost, RawRequest};
use enrollkit::{
    ApiKey, BaseUrl, Environment, Method, OrganizationName, PartnerId, Path, RelayUrl, SmileId, Timestamp,
    Unifyia,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use url::{Host, Url};

use super::inputs::any_text;

/// Hosts that URL parsers read in ways of their own, or not at all.
const ODD_HOSTS: [&str; 21] = [
    "127.1",
    "0x7f.1",
    "2130706433",
    "0x7f000001",
    "1.2.3.4.5",
    "010.0.0.1",
    "256.1.1.1",
    "1.2.3.0x4",
    "1.2.3.09",
    "a.0x",
    "xn--mnchen-3ya.example",
    "xn--a",
    "münchen.example",
    "a..b",
    "a.",
    ".a",
    "a_b.example",
    "a。b",
    "[fe80::1%25eth0]",
    "[::ffff:1.2.3.4]",
    "",
];

/// Whatever follows a host in an address that is no plain path.
const ODD_PATHS: [&str; 16] = [
    "/.", "/..", "/a/../b", "/%2e%2e", "/%2E", "/a%2fb", "/..;", "/a b", "/a\\b", "\\a", "/a?x", "?x",
    "/a#x", "#x", "//a", "/é",
];

const SCHEMES: [&str; 8] = ["https://", "http://", "HTTPS://", "https:/", "https:\\\\", "ftp://", "//", ""];

/// Addresses with one odd part, sometimes none: what is odd throughout is refused for the first reason alone.
fn url_like() -> impl Strategy<Value = String> {
    let host = || "[a-zA-Z0-9-]{1,8}(\\.[a-zA-Z][a-zA-Z0-9-]{0,7}){0,2}";
    let port = || prop_oneof![Just(String::new()), ":[1-9][0-9]{0,3}"];
    let path = || "(/[a-zA-Z0-9._~!$&'()*+,;=:@-]{1,8}){0,3}";
    let odd_host = prop_oneof![3 => select(&ODD_HOSTS[..]).prop_map(str::to_owned), 1 => "[0-9a-fxX.]{1,12}", 1 => "\\PC{1,6}"];
    prop_oneof![
        3 => (host(), port(), path()).prop_map(|(host, port, path)| format!("https://{host}{port}{path}")),
        2 => (odd_host, port(), path()).prop_map(|(host, port, path)| format!("https://{host}{port}{path}")),
        2 => (host(), port(), path(), select(&ODD_PATHS[..])).prop_map(|(host, port, path, odd)| format!("https://{host}{port}{path}{odd}")),
        1 => (host(), "(:[+]?[0-9]{0,6}){1,2}", path()).prop_map(|(host, port, path)| format!("https://{host}{port}{path}")),
        1 => (select(&["user@", "user:pw@", "@", "%40"][..]), host(), path()).prop_map(|(user, host, path)| format!("https://{user}{host}{path}")),
        1 => (select(&SCHEMES[..]), host(), path()).prop_map(|(scheme, host, path)| format!("{scheme}{host}{path}")),
        1 => (select(&["localhost", "127.0.0.1", "[::1]", "[2001:db8::1]"][..]), port(), path()).prop_map(|(host, port, path)| format!("http://{host}{port}{path}")),
    ]
}

fn path_like() -> impl Strategy<Value = String> {
    let step = prop_oneof![
        4 => "[a-zA-Z0-9._~!$&'()*+,;=:@-]{0,8}",
        2 => select(&["", ".", "..", "%2e", "%2E%2e", "a%2fb", "...", "..;", "a b", "a\\b", "?x", "#x", "é", "\t", "//"][..]).prop_map(str::to_owned),
    ];
    (vec(step, 0..4), select(&["/", "/", "/", "\\", "//"][..]))
        .prop_map(|(steps, slash)| steps.iter().flat_map(|step| [slash, step]).collect())
}

/// The address of a call to `path`, at `base`.
fn address(base: &BaseUrl, path: &Path) -> String {
    let key = ApiKey::parse("some-key").unwrap();
    let smile = SmileId::new(PartnerId::parse("085").unwrap(), Environment::Sandbox)
        .base_url(base.clone())
        .api_key(&key);
    let raw = RawRequest {
        host: RawHost::Portal,
        method: Method::Get,
        path: path.clone(),
        query: enrollkit::Query::default(),
        auth: RawAuth::Headers,
        body: None,
    };
    smile.raw(&raw, Timestamp::from_unix_millis(0).unwrap()).unwrap().url().to_owned()
}

/// Scheme, host and the rest, split at the places that the grammar gives, by nothing but counting.
fn parts(url: &str) -> (&str, &str, &str, &str) {
    let (scheme, rest) = url.split_once("://").unwrap();
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let port_at =
        authority.rfind(':').filter(|at| !authority[*at..].contains(']')).unwrap_or(authority.len());
    (scheme, &authority[..port_at], &authority[port_at..], path)
}

/// Whether the browser's parser sees the same; `None` when it refuses, so that nothing can be sent.
fn same_to_a_browser(ours: &str) -> Result<Option<Url>, TestCaseError> {
    let (scheme, host, port, path) = parts(ours);
    let Ok(theirs) = Url::parse(ours) else {
        // Punycode is all that it knows better.
        prop_assert!(host.to_ascii_lowercase().contains("xn--"), "refused: {}", ours);
        return Ok(None);
    };
    prop_assert_eq!(theirs.scheme(), scheme);
    prop_assert_eq!(
        (theirs.username(), theirs.password(), theirs.query(), theirs.fragment()),
        ("", None, None, None)
    );
    match theirs.host().unwrap() {
        Host::Domain(domain) => prop_assert_eq!(domain, host.to_ascii_lowercase()),
        Host::Ipv4(ip) => prop_assert_eq!(ip.to_string(), host),
        Host::Ipv6(ip) => prop_assert_eq!(
            format!("[{ip}]"),
            format!("[{}]", host.trim_matches(['[', ']']).parse::<std::net::Ipv6Addr>().unwrap())
        ),
    }
    let wanted = if port.is_empty() { None } else { Some(port[1..].parse::<u16>().unwrap()) };
    let default = if scheme == "https" { 443 } else { 80 };
    prop_assert_eq!(theirs.port_or_known_default(), Some(wanted.unwrap_or(default)));
    prop_assert_eq!(theirs.path(), if path.is_empty() { "/" } else { path });
    Ok(Some(theirs))
}

/// Percent signs undone, as a server does it.
fn decoded(segment: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = segment.bytes();
    while let Some(byte) = rest.next() {
        let digits: Vec<u8> = if byte == b'%' { rest.by_ref().take(2).collect() } else { Vec::new() };
        let escaped =
            std::str::from_utf8(&digits).ok().and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(escaped.unwrap_or(byte));
    }
    String::from_utf8(bytes).unwrap()
}

/// Each by itself, so that none depends on luck.
#[test]
fn no_odd_part_is_read_in_two_ways() {
    let mut taken = 0;
    let hosts = ODD_HOSTS.iter().map(|host| format!("https://{host}/a"));
    let paths = ODD_PATHS.iter().map(|path| format!("https://host.example{path}"));
    let schemes = SCHEMES.iter().map(|scheme| format!("{scheme}host.example/a"));
    for text in hosts.chain(paths).chain(schemes) {
        for base in [BaseUrl::parse(&text), BaseUrl::parse_allowing_http(&text)].into_iter().flatten() {
            taken += 1;
            if let Err(different) = same_to_a_browser(base.as_str()) {
                panic!("{text}: {different}");
            }
        }
    }
    assert!((3..12).contains(&taken), "{taken} are taken");
}

proptest! {
    #[test]
    fn a_base_url_is_one_to_a_browser(text in prop_oneof![4 => url_like(), 1 => any_text()], path in prop_oneof![path_like(), any_text()]) {
        for base in [BaseUrl::parse(&text), BaseUrl::parse_allowing_http(&text)].into_iter().flatten() {
            let Some(before) = same_to_a_browser(base.as_str())? else { continue };
            let Ok(path) = Path::parse(&path) else { continue };
            let joined = address(&base, &path);
            let after = same_to_a_browser(&joined)?.unwrap();
            prop_assert_eq!(after.host(), before.host());
            prop_assert_eq!(after.port(), before.port());
            prop_assert_eq!(after.path(), format!("{}{}", before.path().trim_end_matches('/'), path.as_str()));
        }
    }

    /// Noise is mostly refused; these are mostly taken, so that the property above has something to hold for.
    #[test]
    fn a_plain_base_url_is_taken(
        host in "[a-z]{1,8}(\\.[a-z][a-z0-9]{0,8}){0,2}", port in 1..=u16::MAX, path in "(/[a-zA-Z0-9_~-]{1,8}){0,3}", slash in "/?"
    ) {
        let base = BaseUrl::parse(&format!("https://{host}:{port}{path}{slash}")).unwrap();
        prop_assert_eq!(base.as_str(), format!("https://{host}:{port}{path}"));
        prop_assert!(same_to_a_browser(base.as_str())?.is_some());
    }

    #[test]
    fn http_is_for_this_machine_only(text in url_like()) {
        if let Ok(base) = BaseUrl::parse(&text) {
            let url = Url::parse(base.as_str());
            if let (true, Ok(url)) = (base.as_str().starts_with("http://"), url) {
                prop_assert!(matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]")), "{}", base.as_str());
            }
        }
    }

    #[test]
    fn a_relays_address_stays_where_it_points(text in prop_oneof![3 => url_like(), 3 => path_like(), 1 => any_text()]) {
        if let Ok(relay) = RelayUrl::parse(&text) {
            if relay.as_str().starts_with('/') {
                let page = Url::parse("https://app.bank.example/sign-up/form?x#y").unwrap();
                let url = page.join(relay.as_str()).unwrap();
                prop_assert_eq!(url.as_str(), format!("https://app.bank.example{}", relay.as_str()));
            } else {
                same_to_a_browser(relay.as_str())?;
            }
        }
    }

    #[test]
    fn an_organization_is_one_step_of_the_path(name in prop_oneof![any_text(), path_like(), "[.%/\\\\2eEfF5cC]{1,8}"]) {
        let Ok(organization) = OrganizationName::parse(&name) else { return Ok(()) };
        let unifyia = Unifyia::new(BaseUrl::parse("https://id.bank.example/prefix").unwrap());
        let call = unifyia.branding(&organization).unwrap();
        let url = same_to_a_browser(call.url())?.unwrap();
        let steps: Vec<&str> = url.path_segments().unwrap().collect();
        let [prefix, a, b, c, organizations, segment, last] = steps[..] else {
            return Err(TestCaseError::fail(format!("{steps:?}")));
        };
        prop_assert_eq!([prefix, a, b, c, organizations, last], ["prefix", "usermanagement", "api", "v1", "organizations", "brandingInfo"]);
        prop_assert_eq!(decoded(segment), name);
    }

    #[test]
    fn steps_of_a_raw_path_stay_apart(steps in vec(prop_oneof![any_text(), "[.%/\\\\2eEfF5cC]{1,6}"], 0..4)) {
        let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
        let Ok(path) = Path::of(&steps) else { return Ok(()) };
        let url = same_to_a_browser(&address(&BaseUrl::parse("https://host.example").unwrap(), &path))?.unwrap();
        let seen: Vec<String> = url.path_segments().unwrap().map(decoded).collect();
        prop_assert_eq!(seen, steps);
    }

    #[test]
    fn an_ip_address_is_one_to_the_standard_library(
        v6 in prop_oneof![
            "([0-9a-fA-F]{0,5}(:|::)){0,9}[0-9a-fA-F]{0,4}",
            "(::|(0{1,4}:){1,7}|)(:|)(0{0,4}1|0\\.0\\.0\\.1|[0-9]{1,3}(\\.[0-9]{1,3}){2,4})",
            any::<std::net::Ipv6Addr>().prop_map(|address| address.to_string()),
        ],
        v4 in prop_oneof!["[0-9]{0,4}(\\.[0-9]{0,4}){0,5}", any::<std::net::Ipv4Addr>().prop_map(|address| address.to_string())],
    ) {
        let known = v6.parse::<std::net::Ipv6Addr>();
        prop_assert_eq!(BaseUrl::parse(&format!("https://[{v6}]")).is_ok(), known.is_ok(), "{}", v6);
        prop_assert_eq!(BaseUrl::parse(&format!("http://[{v6}]")).is_ok(), known == Ok(std::net::Ipv6Addr::LOCALHOST), "{}", v6);
        // A name that ends in a number is an address or nothing.
        prop_assert_eq!(BaseUrl::parse(&format!("https://{v4}")).is_ok(), v4.parse::<std::net::Ipv4Addr>().is_ok(), "{}", v4);
    }
}
