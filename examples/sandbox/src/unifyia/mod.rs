//! Unifyia's sign-up and branding.

pub(crate) mod branding;
mod shape;
pub(crate) mod sign_up;

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::{HeaderMap, StatusCode};
use serde_json::json;
use subtle::ConstantTimeEq;

use crate::app::App;
use crate::reply::Reply;

/// Pages disagree about the prefix; all three are served.
pub(crate) const PREFIXES: [&str; 3] = ["", "/usermanagement/api/v1", "/services/usermanagement/api/v1"];
/// The second spelling is the sign-up page's own.
pub(crate) const SPELLINGS: [&str; 2] = ["organizations", "organiations"];

// Assumption: the error body.
pub(crate) fn refuse(status: StatusCode, message: &str, cause: &'static str) -> Reply {
    Reply::refusal(status, &json!({ "message": message }), cause)
}

/// The organization of a request whose token is right.
fn admitted(
    app: &App,
    headers: &HeaderMap,
    organization: Result<Path<String>, PathRejection>,
) -> Result<String, Reply> {
    check_token(app, headers)?;
    let Ok(Path(organization)) = organization else {
        let cause = "the organization is not UTF-8";
        return Err(refuse(StatusCode::BAD_REQUEST, "Bad organization name", cause));
    };
    check_organization(app, &organization)?;
    Ok(organization)
}

/// Assumption: status and text of a missing or wrong token.
fn check_token(app: &App, headers: &HeaderMap) -> Result<(), Reply> {
    let Some(token) = &app.unifyia_token else { return Ok(()) };
    let expected = format!("Bearer {token}");
    let mut given = headers.get_all(&app.unifyia_auth_header).iter();
    let right = given.next().is_some_and(|value| bool::from(value.as_bytes().ct_eq(expected.as_bytes())));
    if right && given.next().is_none() {
        return Ok(());
    }
    Err(refuse(StatusCode::UNAUTHORIZED, "Unauthorized", "the token is missing or wrong"))
}

/// Assumption: status and text for an organization that does not exist.
fn check_organization(app: &App, organization: &str) -> Result<(), Reply> {
    if app.organizations.is_empty() || app.organizations.iter().any(|known| known == organization) {
        return Ok(());
    }
    Err(refuse(StatusCode::NOT_FOUND, "Organization not found", "unknown organization"))
}
