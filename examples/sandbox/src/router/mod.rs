//! Which path leads where.

mod pipeline;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::routing::{any, get, post};
use serde_json::json;

use crate::app::App;
use crate::control;
use crate::reply::Reply;
use crate::smile_id::{block_user, enrollee, enrollee_info};
use crate::unifyia::{PREFIXES, SPELLINGS, branding, sign_up};

pub(crate) fn router(app: &Arc<App>) -> Router {
    let mut router = Router::new()
        .route("/health", get(async || Reply::done(StatusCode::OK, &json!({ "status": "ok" }))))
        .route("/redirected", any(control::redirected))
        .route("/api/v2/partner/enrollee", post(enrollee::handle))
        .route("/api/v2/partner/enrollee/info", post(enrollee_info::handle))
        .route("/v2/block-user", post(block_user::handle))
        .nest("/control", control::routes());
    for prefix in PREFIXES {
        for spelling in SPELLINGS {
            router = router
                .route(&format!("{prefix}/{spelling}/{{organization}}/users/signup"), post(sign_up::handle));
        }
    }
    for prefix in PREFIXES.into_iter().filter(|prefix| !prefix.is_empty()) {
        let path = format!("{prefix}/organizations/{{organization}}/brandingInfo");
        router = router.route(&path, get(branding::handle));
    }
    router
        .fallback(async || {
            // Both services' names for the text, since nobody knows which one was meant.
            let text = "The sandbox has no such route";
            Reply::refusal(StatusCode::NOT_FOUND, &json!({ "error": text, "message": text }), "no such route")
        })
        .method_not_allowed_fallback(async || {
            Reply::error(StatusCode::METHOD_NOT_ALLOWED, "Method not allowed", "method not allowed")
        })
        // The pipeline has its own limit, larger than axum's.
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(Arc::clone(app), pipeline::pipeline))
        .with_state(Arc::clone(app))
}
