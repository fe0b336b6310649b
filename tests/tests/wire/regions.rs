//! A region becomes the host of PlainID, or an error before anything is sent.
//!
//! `Client::new` takes the region as an argument, so that there is no default
//! to forget; a builder without a base URL fails.

use tamarack_clients::plainid::token::v1_0::client::{Client, Server, ServerRegion};
use tamarack_clients::runtime::{BaseUrl, BaseUrlError, BuildError};
use tamarack_tests::spec;

#[test]
fn every_region_is_a_host() {
    let document = spec::load("plainid/v1.0/token.oas.yaml");
    let server = &document["servers"][0];
    let url = server["url"].as_str().unwrap();
    let regions = server["variables"]["region"]["enum"].as_array().unwrap();
    let mut regions: Vec<_> = regions.iter().map(|region| region.as_str().unwrap()).collect();
    assert_eq!(regions, ["us1", "ca1", "eu1"]);
    // The document says that there may be others.
    regions.push("ap1");
    for region in regions {
        let client = Client::new(region).unwrap();
        assert_eq!(client.core().base_url().to_string(), url.replace("{region}", region));
        assert_eq!(ServerRegion::from(region).as_str(), region);
    }
    assert_eq!(ServerRegion::from("eu1"), ServerRegion::Eu1);
    assert_eq!(ServerRegion::from("ap1"), ServerRegion::Unrecognized("ap1".to_owned()));
    let client = Client::new(ServerRegion::Ca1).unwrap();
    assert_eq!(client.core().base_url().to_string(), "https://api.ca1.plainid.io");
}

#[test]
fn a_region_cannot_choose_another_host() {
    for region in [
        "",
        ".",
        "a.b",
        "-x",
        "x-",
        "x/",
        "x?",
        "x\\",
        "a:1",
        "a b",
        "us1\r\n",
        "ü",
        "evil.com#",
        "evil.com/",
        "us1@evil",
        "us1@evil.com/",
        "{region}",
        "%2e",
        "us1%2F",
    ] {
        let error = Client::new(region).unwrap_err();
        let BuildError::BaseUrl(BaseUrlError::Variable { name, .. }) = &error else {
            panic!("{region:?}: {error:?}");
        };
        assert_eq!(&**name, "region");
        assert!(BaseUrl::try_from(Server::new(region)).is_err());
        let built = Client::builder().base_url(Server::new(region)).build();
        assert!(matches!(built, Err(BuildError::BaseUrl(_))));
    }
}

#[test]
fn there_is_no_default_region() {
    assert!(matches!(Client::builder().build(), Err(BuildError::NoBaseUrl)));
}
