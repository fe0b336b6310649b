//! `README.md`, `generated/README.md` and `docs/tokens.md`.

use tamarack_clients::pinecone;
use tamarack_clients::pinecone::admin::v2026_04::client as admin;
use tamarack_clients::pinecone::oauth::v2026_04::client as oauth;
use tamarack_clients::pinecone::oauth::v2026_04::client::Client;
use tamarack_clients::runtime::ClientCore;
use tamarack_clients::runtime::token::{ClientCredentials, TokenError, TokenGrant, TokenSource};

use super::Done;

async fn kept(id: &str, secret: &str) -> Done {
    let client = Client::new()?;
    let source = client.token_source(ClientCredentials::new(id, secret)).build()?;
    let authorization = source.authorization().await?; // before each request
    drop(authorization);
    Ok(())
}

async fn kept_by_its_path(id: &str, secret: &str) -> Done {
    let client = pinecone::oauth::v2026_04::Client::new()?;
    let source = client.token_source(ClientCredentials::new(id, secret)).build()?;
    let authorization = source.authorization().await?;
    drop(authorization);
    Ok(())
}

fn without_async(client: &Client, id: &str, secret: &str) -> Done {
    let source = client.token_source(ClientCredentials::new(id, secret)).blocking().build()?;
    let authorization = source.authorization()?;
    drop(authorization);
    Ok(())
}

async fn of_a_token_url(id: &str, secret: &str) -> Done {
    use tamarack_goldens::golden::grants::v1::client::{Client, Credential, LoginScope};

    let grant = Credential::login_client_credentials(id, secret, [LoginScope::ThingsRead]);
    let client = Client::builder().credential(grant).build()?;
    let things = client.list_things().await?; // with a cached token, as above
    drop(things);
    Ok(())
}

async fn of_another_grant(core: &ClientCore, id: &str, secret: &str) -> Done {
    let credentials = ClientCredentials::new(id, secret);
    let grant = TokenGrant::client_credentials("https://login.example.com/token", credentials);
    let source = grant.scope("read").parameter("audience", "things").source(core)?.build()?;
    drop(source.authorization().await?);
    Ok(())
}

async fn for_another_api(credentials: ClientCredentials) -> Done {
    let oauth = oauth::Client::new()?;
    let token = admin::Credential::bearer_auth_from(oauth.token_source(credentials).build()?);
    let admin = admin::Client::builder().credential(token).build()?;
    let projects = admin.list_projects().await?.into_body().data;
    drop(projects);
    Ok(())
}

async fn failed(source: &TokenSource) -> Result<(), TokenError> {
    match source.authorization().await {
        Ok(_) => Ok(()),
        Err(error) if error.is_transient() => {
            println!("{error}; retry after {:?}", error.retry_after());
            Ok(())
        }
        Err(error) => Err(error), // the credentials are refused, or the setup is wrong
    }
}
