//! `POST …/organizations/{organizationName}/users/signup`: the request is documented, the answers are not.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::shape::{Kind, Shape, Wrapped};
use super::{admitted, refuse};
use crate::app::App;
use crate::log::hex;
use crate::reply::Reply;
use crate::store::SignUp;
use crate::subject::Subject;

/// The required fields that are JSON objects. An empty object will do.
const REQUIRED_OBJECTS: [&str; 4] =
    ["userAppearance", "userAttribute", "userAddress", "userIDProofDocuments"];
// Assumption: the answer to a sign-up. Ids start beyond 2^53 and are odd, so that a reader that takes them for
// floating-point numbers gets a wrong one.
const FIRST_ID: i64 = (1 << 53) + 1;
const STATUS: &str = "PENDING ENROLLMENT";

pub(crate) async fn handle(
    State(app): State<Arc<App>>,
    organization: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
    body: Bytes,
) -> Reply {
    run(&app, organization, &headers, &body).unwrap_or_else(|reply| reply)
}

fn run(
    app: &App,
    organization: Result<Path<String>, PathRejection>,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Reply, Reply> {
    let organization = admitted(app, headers, organization)?;
    let Some(user) = read(app, body) else {
        let message = if app.unifyia_wrapped {
            "The body is not {\"user\": {…}}"
        } else {
            "The body is not a JSON object"
        };
        return Err(refuse(StatusCode::BAD_REQUEST, message, "the body is not a readable user object"));
    };
    let errors = violations(&user);
    let (true, Some(name)) = (errors.is_empty(), user.text("name")) else {
        let body = json!({ "message": "Required fields are missing or of the wrong type", "errors": errors });
        return Err(Reply::refusal(StatusCode::BAD_REQUEST, &body, "required fields are missing"));
    };
    if user.text("organisationName") != Some(organization.as_str()) {
        let body =
            json!({ "message": "The organization differs from the path's", "errors": ["organisationName"] });
        return Err(Reply::refusal(
            StatusCode::BAD_REQUEST,
            &body,
            "path and body name different organizations",
        ));
    }
    let sign_up = SignUp {
        organization,
        name: name.to_owned(),
        time: app.clock.now_ms(),
        fields: user.0.iter().map(|(name, _)| name.clone()).collect(),
        sha256: hex(&Sha256::digest(body)),
        body: app.keep_bodies.then(|| body.to_vec()),
    };
    match app.store().sign_up(&sign_up) {
        Ok(Some(row)) => Ok(Reply::done(
            StatusCode::CREATED,
            &json!({ "id": FIRST_ID + 2 * (row - 1), "name": sign_up.name, "status": STATUS }),
        )),
        Ok(None) => {
            Err(refuse(StatusCode::CONFLICT, "A user of this name already exists", "the name is taken"))
        }
        Err(_) => Err(Reply::storage()),
    }
}

fn read(app: &App, body: &[u8]) -> Option<Shape> {
    if app.unifyia_wrapped {
        serde_json::from_slice::<Wrapped>(body).ok().map(|wrapped| wrapped.user)
    } else {
        serde_json::from_slice::<Shape>(body).ok()
    }
}

/// Names of the required fields that are missing or of the wrong type.
fn violations(user: &Shape) -> Vec<&'static str> {
    let mut wrong = Vec::new();
    wrong.extend(["name", "organisationName"].into_iter().filter(|field| user.text(field).is_none()));
    wrong.extend(REQUIRED_OBJECTS.into_iter().filter(|field| !matches!(user.get(field), Some(Kind::Object))));
    // The seed says "object", its sibling page "array".
    if !matches!(user.get("userBiometrics"), Some(Kind::Array | Kind::Object)) {
        wrong.push("userBiometrics");
    }
    if !matches!(user.get("userEnrollmentHistoryList"), Some(Kind::Array)) {
        wrong.push("userEnrollmentHistoryList");
    }
    wrong
}

/// For the journal.
pub(crate) fn subject(app: &App, headers: &HeaderMap, body: &[u8]) -> Subject {
    let secret = headers.get(&app.unifyia_auth_header).and_then(|value| value.to_str().ok());
    Subject {
        service: "unifyia",
        operation: "unifyia.sign_up",
        user_id: read(app, body).and_then(|user| user.text("name").map(str::to_owned)),
        secret: secret.map(str::to_owned),
    }
}
