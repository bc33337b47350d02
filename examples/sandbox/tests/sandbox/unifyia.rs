//! Sign-up and branding.

use enrollkit_sandbox::Config;
use serde_json::{Value, json};

use crate::support::{client, send};

fn user(name: &str) -> Value {
    json!({ "name": name, "organisationName": "Acme & Söhne", "userAppearance": {}, "userAttribute": {},
        "userAddress": {}, "userBiometrics": [], "userIDProofDocuments": {}, "userEnrollmentHistoryList": [] })
}

const PATH: &str = "/organizations/Acme%20%26%20S%C3%B6hne/users/signup";

#[test]
fn sign_up_on_every_path() {
    let client = client(Config::default());
    let mut last = 1_u64 << 53;
    for prefix in ["", "/usermanagement/api/v1", "/services/usermanagement/api/v1"] {
        for spelling in ["organizations", "organiations"] {
            let path = format!("{prefix}{}", PATH.replace("organizations", spelling));
            let answer = client.post(&path, &user(&format!("{prefix}{spelling}")));
            assert_eq!(
                (answer.status, &answer.json()["status"]),
                (201, &json!("PENDING ENROLLMENT")),
                "{path}"
            );
            let id = answer.json()["id"].as_u64().unwrap();
            assert!(id > last && id % 2 == 1, "no floating-point number holds it");
            last = id;
        }
    }
}

#[test]
fn what_is_refused() {
    let client = client(Config::default());
    assert_eq!(client.post(PATH, &user("anna")).status, 201);
    assert_eq!(client.post(PATH, &user("anna")).status, 409);
    assert_eq!(
        client.post("/organizations/Other/users/signup", &user("bea")).json()["errors"],
        json!(["organisationName"])
    );
    for field in user("x").as_object().unwrap().keys() {
        let mut body = user("bea");
        body.as_object_mut().unwrap().remove(field);
        let answer = client.post(PATH, &body);
        assert_eq!((answer.status, &answer.json()["errors"]), (400, &json!([field])));
        assert!(answer.json()["message"].is_string());
    }
    assert_eq!(client.post(PATH, &json!({ "user": user("bea") })).status, 400);
    assert_eq!(client.post(PATH, &json!([])).status, 400);
    let twice = user("bea").to_string().replacen('{', "{\"name\":\"eve\",", 1);
    assert_eq!(send(client.sandbox.url(), "POST", PATH, &[], twice.as_bytes()).unwrap().status, 400);
}

#[test]
fn bodies_are_kept_as_names_and_a_hash() {
    let huge_number =
        user("anna").to_string().replace("\"userAttribute\":{}", "\"userAttribute\":{\"n\":1E400}");
    for keep_bodies in [false, true] {
        let client = client(Config { keep_bodies, ..Config::default() });
        let answer = send(client.sandbox.url(), "POST", PATH, &[], huge_number.as_bytes()).unwrap();
        assert_eq!(answer.status, 201, "a number of any size is fine");
        let kept = client.control("GET", "/control/sign_ups", &Value::Null).json()["sign_ups"][0].clone();
        assert_eq!((&kept["organization"], &kept["name"]), (&json!("Acme & Söhne"), &json!("anna")));
        assert_eq!(kept["fields"].as_array().unwrap().len(), 8);
        assert_eq!(kept["sha256"].as_str().unwrap().len(), 64);
        assert_eq!(kept["body"].as_str(), keep_bodies.then_some(huge_number.as_str()));
    }
}

#[test]
fn token_wrapping_and_organizations() {
    let client = client(Config {
        unifyia_token: Some("a.jwt.perhaps".to_owned()),
        unifyia_auth_header: "Authentication".to_owned(),
        unifyia_wrapped: true,
        organizations: vec!["Acme & Söhne".to_owned()],
        ..Config::default()
    });
    let url = client.sandbox.url();
    let body = json!({ "user": user("anna") }).to_string();
    let right = [("Authentication", "Bearer a.jwt.perhaps")];
    for wrong in
        [&[][..], &[("Authorization", "Bearer a.jwt.perhaps")], &[("Authentication", "Bearer another")]]
    {
        assert_eq!(send(url, "POST", PATH, wrong, body.as_bytes()).unwrap().status, 401);
    }
    assert_eq!(send(url, "POST", PATH, &right, user("anna").to_string().as_bytes()).unwrap().status, 400);
    assert_eq!(send(url, "POST", PATH, &right, body.as_bytes()).unwrap().status, 201);
    let other = send(url, "POST", "/organizations/Other/users/signup", &right, body.as_bytes()).unwrap();
    assert_eq!(other.status, 404);
    let path = "/usermanagement/api/v1/organizations/Acme%20%26%20S%C3%B6hne/brandingInfo";
    let branding = send(url, "GET", path, &right, b"").unwrap();
    assert_eq!(branding.status, 200);
    for field in ["logo", "policyStatement", "language", "issuerPublicKey", "issuerCertificate"] {
        assert!(branding.json()[field].is_string(), "{field}");
    }
    assert_eq!(send(url, "GET", path, &[], b"").unwrap().status, 401);
}
