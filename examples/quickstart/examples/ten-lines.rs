// The README's ten lines: a whole host. Against the sandbox:
//
// ```text
// cargo run -p enrollkit-sandbox -- --port 4700 --user user-42
// cargo run -p enrollkit-quickstart --example ten-lines -- http://127.0.0.1:4700
// ```

use std::error::Error;
use std::time::{SystemTime, UNIX_EPOCH};

use enrollkit::{Acknowledged, ApiKey, BaseUrl, Environment, PartnerId, SmileId, Timestamp, UserId};

fn re_enroll(user: &str, key: &str, base_url: &str) -> Result<Acknowledged, Box<dyn Error>> {
    let smile = SmileId::new(PartnerId::parse("085")?, Environment::Sandbox)
        .operator("ops@bank.example")?
        .base_url(BaseUrl::parse(base_url)?) // without this line: Smile ID's own host
        .api_key(&ApiKey::parse(key)?);
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis();
    let call = smile.re_enroll(&UserId::parse(user)?, Timestamp::from_unix_millis(now.try_into()?)?)?;

    let http = ureq::Agent::config_builder().max_redirects(0).http_status_as_error(false).build().new_agent();
    let mut request = http.post(call.url());
    for header in call.headers() {
        request = request.header(header.name(), header.value());
    }
    let mut reply = request.send(call.body()).map_err(|_| call.no_response())?;
    Ok(call.read(reply.status().as_u16(), &reply.body_mut().read_to_vec()?)?)
}

fn main() -> Result<(), Box<dyn Error>> {
    let base_url = std::env::args().nth(1).ok_or("which base URL? see the top of this file")?;
    // The sandbox's own key, which opens nothing else.
    let outcome = re_enroll("user-42", "not-a-secret-sandbox-key-0000000000000001", &base_url)?;
    println!("{}: {}", outcome.acknowledgement(), outcome.message().unwrap_or("no message"));
    Ok(())
}
