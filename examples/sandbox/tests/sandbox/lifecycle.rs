//! What a user goes through.

use std::path::PathBuf;

use enrollkit_sandbox::{Config, StartError, start};
use serde_json::{Value, json};

use crate::support::{Client, client, with_user};

fn ok() -> (u16, String) {
    (200, "OK".to_owned())
}

fn refusal(code: &str) -> (u16, String) {
    (400, code.to_owned())
}

fn job_code(client: &Client, user_id: &str) -> Value {
    client.job(&json!({ "user_id": user_id, "environment": "test" }))["result_code"].clone()
}

#[test]
fn from_enrollment_to_deletion() {
    let client = client(Config::default());
    assert_eq!(client.act("user-42", "active", false), refusal("2210"));
    assert_eq!(job_code(&client, "user-42"), "0840");
    assert_eq!(job_code(&client, "user-42"), "2209");

    assert_eq!(client.act("user-42", "allow_new_enroll", true), ok());
    assert_eq!(client.info("user-42")["enrolled_user"]["allow_new_enroll"], true);
    assert_eq!(job_code(&client, "user-42"), "0840");
    assert_eq!(job_code(&client, "user-42"), "2209", "one more, not two");

    assert_eq!(client.act("user-42", "active", false), ok());
    assert_eq!(client.act("user-42", "allow_new_enroll", true), ok());
    assert_eq!(job_code(&client, "user-42"), "2207");
    assert_eq!(client.act("user-42", "active", true), ok());

    assert_eq!(client.act("user-42", "is_fraudulent", true), ok());
    assert_eq!(job_code(&client, "user-42"), "0841", "runs, but fails");
    assert_eq!(client.act("user-42", "is_fraudulent", false), ok());
    assert_eq!(job_code(&client, "user-42"), "0840");

    assert_eq!(client.act("user-42", "delete", true), ok());
    assert_eq!(job_code(&client, "user-42"), "2208");
    for (action, on) in
        [("active", true), ("allow_new_enroll", true), ("is_fraudulent", false), ("delete", true)]
    {
        assert_eq!(client.act("user-42", action, on), refusal("2208"));
    }
    let enroll =
        client.control("PUT", "/control/users", &json!({ "user_id": "user-42", "environment": "test" }));
    assert_eq!(enroll.verdict(), (409, "2208".to_owned()));
    let info = client.info("user-42");
    assert_eq!(info["enrolled_user"]["deleted"], true);
    assert_eq!(info["history"].as_array().unwrap().len(), 4, "{info}");
}

#[test]
fn environments_are_apart() {
    let client = client(Config::default());
    let put = |environment: &str| {
        client.control("PUT", "/control/users", &json!({ "user_id": "u", "environment": environment })).status
    };
    assert_eq!((put("production"), put("production")), (201, 200));
    assert_eq!(client.act("u", "active", false), refusal("2210"));
    assert_eq!(put("test"), 201);
    assert_eq!(client.act("u", "active", false), ok());
    let users = client.control("GET", "/control/users", &Value::Null).json();
    assert_eq!(
        users["users"][0],
        json!({ "user_id": "u", "environment": "test", "active": false,
        "allow_new_enroll": false, "is_fraudulent": false, "deleted": false })
    );
    assert_eq!(users["users"][1]["active"], true);
}

#[test]
fn history_has_every_documented_field() {
    let client = client(Config::default());
    client.job(&json!({ "user_id": "u", "environment": "test", "job_id": "job-1", "id_check": true }));
    client.act("u", "allow_new_enroll", true);
    let again = client.job(&json!({ "user_id": "u", "environment": "test", "job_id": "job-1" }));
    assert_eq!((&again["accepted"], &again["result_code"]), (&json!(false), &json!("2215")));
    client.job(&json!({ "user_id": "u", "environment": "test", "job_id": "job-2" }));
    let info = client.info("u");
    for field in
        ["allow_new_enroll", "complete", "deleted", "inactive", "is_fraudulent", "pending", "provisional"]
    {
        assert!(info["enrolled_user"][field].is_boolean(), "{field}");
    }
    assert_eq!(info["history"][0]["job_id"], "job-2");
    assert_eq!(info["history"][0]["id_check"], Value::Null);
    let first = &info["history"][1];
    assert_eq!(first["partner_params"]["job_id"], "job-1");
    assert_eq!((&first["result_code"], &first["result_message"]), (&json!("0840"), &json!("Enroll User")));
    for field in [
        "name",
        "id_number",
        "country",
        "id_type",
        "dob",
        "expiration_date",
        "photo",
        "address",
        "gender",
        "phone_number",
        "result_code",
        "result_text",
        "full_data",
    ] {
        assert!(first["id_check"].get(field).is_some(), "{field}");
    }
    client.act("u", "delete", true);
    assert_eq!(client.info("u")["history"][1]["id_check"], Value::Null, "deletion removes personal data");
    assert_eq!(client.info("nobody")["code"], "2210");
}

#[test]
fn a_provisional_result_comes_first() {
    let client = client(Config::default());
    let order = json!({ "user_id": "u", "environment": "test", "provisional": true, "final_after_milliseconds": 300 });
    assert_eq!(client.job(&order)["final"], false);
    assert_eq!(client.info("u")["enrolled_user"]["provisional"], true);
    let info = crate::support::eventually("the final result", || {
        let info = client.info("u");
        (info["enrolled_user"]["complete"] == true).then_some(info)
    });
    assert_eq!(info["history"][0]["result_code"], "0840");
}

#[test]
fn the_journal_tells_what_happened() {
    let client = with_user();
    client.act("user-42", "delete", true);
    client.act("user-43", "delete", true);
    let journal = client.journal();
    assert_eq!(journal.len(), 2);
    assert_eq!(
        (&journal[0]["operation"], &journal[0]["user_id"]),
        (&json!("smile_id.delete_permanently"), &json!("user-42"))
    );
    assert_eq!(
        (&journal[0]["status"], &journal[0]["code"], &journal[0]["processed"]),
        (&json!(200), &Value::Null, &json!(true))
    );
    assert_eq!(
        (&journal[1]["status"], &journal[1]["code"], &journal[1]["processed"]),
        (&json!(400), &json!("2210"), &json!(false))
    );
    let one = client.control("GET", "/control/requests?user_id=user-43", &Value::Null).json();
    assert_eq!(one["requests"].as_array().unwrap().len(), 1);
    assert_eq!(client.control("POST", "/control/reset", &Value::Null).status, 200);
    assert!(client.journal().is_empty());
    assert_eq!(client.act("user-42", "active", false), ok(), "--user is back");
}

/// A file name of its own, removed afterwards.
struct StateFile(PathBuf);

impl StateFile {
    fn new(name: &str) -> Self {
        let file = std::env::temp_dir().join(format!("enrollkit-sandbox-{}-{name}", std::process::id()));
        let _ = std::fs::remove_file(&file);
        Self(file)
    }
}

impl Drop for StateFile {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[test]
fn deleted_for_ever_also_after_a_restart() {
    let file = StateFile::new("deleted");
    let config = || Config {
        state: Some(file.0.clone()),
        users: vec!["user-42".to_owned(), "user-43".to_owned()],
        ..Config::default()
    };
    let before = client(config());
    assert_eq!(before.act("user-42", "delete", true), ok());
    assert_eq!(before.act("user-43", "active", false), ok());
    before.sandbox.stop();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&file.0).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let after = client(config());
    assert_eq!(after.act("user-42", "active", true), refusal("2208"));
    assert_eq!(after.info("user-43")["enrolled_user"]["inactive"], true);
    assert_eq!(after.journal().len(), 4);
    let second = start(config());
    assert!(matches!(second, Err(StartError::State(_))), "one sandbox per file");
}

#[test]
fn a_foreign_file_is_left_alone() {
    let file = StateFile::new("foreign");
    std::fs::write(
        &file.0,
        "dear diary, this is certainly not a database of any kind; it just is long enough\n",
    )
    .unwrap();
    let config = Config { state: Some(file.0.clone()), ..Config::default() };
    assert!(matches!(start(config), Err(StartError::State(_))));
    assert!(std::fs::read_to_string(&file.0).unwrap().starts_with("dear diary"));
}
