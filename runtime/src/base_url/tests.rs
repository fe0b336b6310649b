//! Which texts are base URLs, and what becomes of them.

use super::*;

#[test]
fn origin_and_prefix() {
    let cases = [
        ("https://example.com", "https://example.com", ""),
        ("https://example.com/", "https://example.com", ""),
        ("HTTPS://Example.COM:8443/V1/api/", "https://example.com:8443", "/V1/api"),
        ("https://example.com/a%20b", "https://example.com", "/a%20b"),
        ("https://192.0.2.1:8443", "https://192.0.2.1:8443", ""),
        ("https://[2001:db8::1]/x", "https://[2001:db8::1]", "/x"),
    ];
    for (text, origin, prefix) in cases {
        let base = BaseUrl::parse(text).unwrap();
        assert_eq!((base.origin(), base.prefix()), (origin, prefix), "{text}");
        assert_eq!(base.to_string(), format!("{origin}{prefix}"));
    }
}

#[test]
fn http_is_for_this_machine_and_private_networks() {
    let reach = |host: &str| {
        let base = BaseUrl::parse(&format!("http://{host}/x"))?;
        assert_eq!(BaseUrl::parse(&format!("https://{host}")).unwrap().plain_reach(), None);
        Ok(base.plain_reach().unwrap())
    };
    for host in ["127.0.0.1", "127.255.0.9:80", "[::1]:8080", "[::1]", "localhost", "LocalHost:1"] {
        assert_eq!(reach(host), Ok(Reach::Loopback), "{host}");
    }
    for host in [
        // RFC 1918, RFC 3927, RFC 4193, RFC 4291: the first and the last of each block.
        "10.0.0.0",
        "10.255.255.255:8080",
        "172.16.0.0",
        "172.31.255.255",
        "192.168.0.0",
        "192.168.255.255",
        "169.254.0.0",
        "169.254.255.255",
        "[fc00::]",
        "[fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]:1",
        "[fe80::1]",
        "[febf::]",
        "prism:4010",
        "Prism",
        "a1",
        "0xcafeteria",
        "printer.local",
        "host.docker.internal:4010",
        "notes.default.svc",
        "notes.default.svc.cluster.local:8080",
    ] {
        assert_eq!(reach(host), Ok(Reach::Private), "{host}");
    }
    for host in [
        "example.com",
        "localhost.example.com",
        "128.0.0.1",
        "127.0.0.1.example.com",
        "127.1",
        "0x7f.0.0.1",
        "[::2]",
        "[::ffff:127.0.0.1]",
        "[::ffff:10.0.0.1]",
        // One off each block.
        "9.255.255.255",
        "11.0.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "192.169.0.0",
        "169.253.255.255",
        "169.255.0.0",
        "0.0.0.0",
        "[fbff::]",
        "[fe00::]",
        "[fe7f::]",
        "[fec0::]",
        "[ff02::1]",
        "[::]",
        // Numbers that resolvers take for an address.
        "134744072",
        "0x08080808",
        "0x",
        "8.8.2056",
        "local.example.com",
        "svc.example.com",
        "notes.svc.example.com",
        "mylocal.com",
        "a.notlocal",
        "a.internals",
    ] {
        assert_eq!(reach(host), Err(BaseUrlError::PlainHttp), "{host}");
    }
}

#[test]
fn what_is_refused() {
    let cases = [
        ("", BaseUrlError::Relative),
        ("/v1", BaseUrlError::Relative),
        ("example.com", BaseUrlError::Relative),
        ("//example.com", BaseUrlError::Relative),
        ("ftp://example.com", BaseUrlError::Scheme),
        (" https://example.com", BaseUrlError::Scheme),
        ("https://", BaseUrlError::Host),
        ("https:///v1", BaseUrlError::Host),
        ("https://:443", BaseUrlError::Host),
        ("https://exa mple.com", BaseUrlError::Host),
        ("https://example..com", BaseUrlError::Host),
        ("https://-example.com", BaseUrlError::Host),
        ("https://[::1", BaseUrlError::Host),
        ("https://[::g]", BaseUrlError::Host),
        ("https://[::1]x", BaseUrlError::Host),
        ("https://ex\u{e4}mple.com", BaseUrlError::Host),
        ("https://example.com:", BaseUrlError::Port),
        ("https://example.com:0", BaseUrlError::Port),
        ("https://example.com:65536", BaseUrlError::Port),
        ("https://example.com:+1", BaseUrlError::Port),
        ("https://user:hunter2@example.com", BaseUrlError::UserInfo),
        ("https://user@example.com", BaseUrlError::UserInfo),
        ("https://example.com?x=1", BaseUrlError::Query),
        ("https://example.com/?", BaseUrlError::Query),
        ("https://example.com/#x", BaseUrlError::Fragment),
        ("https://example.com/a b", BaseUrlError::Path),
        ("https://example.com\\evil", BaseUrlError::Path),
        ("https://example.com/a/../b", BaseUrlError::Path),
        ("https://example.com/%2E%2e/b", BaseUrlError::Path),
        ("https://example.com/.", BaseUrlError::Path),
        ("https://example.com/%zz", BaseUrlError::Path),
        ("https://example.com/a\r\nb", BaseUrlError::Path),
    ];
    for (text, error) in cases {
        assert_eq!(BaseUrl::parse(text), Err(error), "{text}");
    }
}

#[test]
fn every_source_of_text() {
    let expected = BaseUrl::parse("https://a.b").unwrap();
    let owned = "https://a.b".to_owned();
    assert_eq!("https://a.b".parse::<BaseUrl>().unwrap(), expected);
    assert_eq!(BaseUrl::try_from("https://a.b").unwrap(), expected);
    assert_eq!(BaseUrl::try_from(&owned).unwrap(), expected);
    assert_eq!(BaseUrl::try_from(owned).unwrap(), expected);
    assert_eq!(format!("{expected:?}"), r#"BaseUrl("https://a.b")"#);
}

#[test]
fn a_uri_is_what_the_whole_text_would_be_parsed_to() {
    for base in ["https://Example.com", "http://127.0.0.1:80/v1/", "https://[2001:db8::1]:8443/x"] {
        let base = BaseUrl::parse(base).unwrap();
        for rest in ["/", "/pets", "/p%20q/r?a=b&c=%26", "/?q", "/a?b?c", "/a?b#c", "//"] {
            let uri = base.uri(format!("{}{rest}", base.prefix())).unwrap();
            assert_eq!(uri, format!("{base}{rest}").parse::<Uri>().unwrap());
            assert!(base.has_authority(&uri));
        }
        assert_eq!(base.uri("/a b".to_owned()), None);
        assert!(!base.has_authority(&Uri::from_static("https://example.com:1/")));
        assert!(!base.has_authority(&Uri::from_static("/v1")));
    }
    // The crate `http` counts all of a URI.
    let base = BaseUrl::parse("https://a.example").unwrap();
    for (len, is_uri) in [(65_534, true), (65_535, false)] {
        let rest = format!("/{}", "a".repeat(len - base.origin().len() - 1));
        assert_eq!(format!("{base}{rest}").parse::<Uri>().is_ok(), is_uri);
        assert_eq!(base.uri(rest).is_some(), is_uri);
    }
}
