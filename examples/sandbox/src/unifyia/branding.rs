//! `GET …/usermanagement/api/v1/organizations/{organizationName}/brandingInfo`: the five documented fields.

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::admitted;
use crate::app::App;
use crate::reply::Reply;
use crate::smile_id::enrollee_info::PIXEL_PNG;
use crate::subject::Subject;

// Assumption: the values; key and certificate are base64 of a plain sentence, not cryptographic objects.
const POLICY: &str = "https://policy.example/statement";
const LANGUAGE: &str = "en";
const KEY: &str = "sandbox: not a public key";
const CERTIFICATE: &str = "sandbox: not a certificate";

pub(crate) async fn handle(
    State(app): State<Arc<App>>,
    organization: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
) -> Reply {
    run(&app, organization, &headers).unwrap_or_else(|reply| reply)
}

fn run(
    app: &App,
    organization: Result<Path<String>, PathRejection>,
    headers: &HeaderMap,
) -> Result<Reply, Reply> {
    admitted(app, headers, organization)?;
    Ok(Reply::done(
        StatusCode::OK,
        &json!({
            "logo": PIXEL_PNG,
            "policyStatement": POLICY,
            "language": LANGUAGE,
            "issuerPublicKey": STANDARD.encode(KEY),
            "issuerCertificate": STANDARD.encode(CERTIFICATE),
        }),
    ))
}

/// For the journal.
pub(crate) fn subject() -> Subject {
    Subject { service: "unifyia", operation: "unifyia.branding", user_id: None, secret: None }
}
