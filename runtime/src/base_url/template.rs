//! Fills an OpenAPI server URL with `{variables}`, checking each value by its position.

use super::BaseUrl;
use super::check;
use super::error::BaseUrlError;

/// A part of the URL, with the variables still in it.
struct Part<'a> {
    text: &'a str,
    rule: Rule,
}

#[derive(Clone, Copy)]
enum Rule {
    Scheme,
    BaseUrl,
    HostAndPort,
    Host,
    Label,
    Port,
    Path,
}

pub(super) fn fill(template: &str, variables: &[(&str, &str)]) -> Result<String, BaseUrlError> {
    let mut acc = String::with_capacity(template.len());
    let Some((scheme, rest)) = template.split_once("://") else {
        return fill_base(template, variables);
    };
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    if authority.contains('@') {
        return Err(BaseUrlError::UserInfo);
    }
    let (host, port) = check::split_port(authority);
    let host_rule = match (is_one_variable(host), port) {
        (true, None) => Rule::HostAndPort,
        (true, Some(_)) => Rule::Host,
        (false, _) => Rule::Label,
    };
    fill_part(&mut acc, &Part { text: scheme, rule: Rule::Scheme }, variables)?;
    acc.push_str("://");
    fill_part(&mut acc, &Part { text: host, rule: host_rule }, variables)?;
    if let Some(port) = port {
        acc.push(':');
        fill_part(&mut acc, &Part { text: port, rule: Rule::Port }, variables)?;
    }
    fill_part(&mut acc, &Part { text: path, rule: Rule::Path }, variables)?;
    Ok(acc)
}

/// Fills a template that begins with a variable in place of scheme and host.
fn fill_base(template: &str, variables: &[(&str, &str)]) -> Result<String, BaseUrlError> {
    let (base, path) = template.split_at(template.find('/').unwrap_or(template.len()));
    if !is_one_variable(base) {
        return Err(if base.is_empty() || !base.contains(['{', '}']) {
            BaseUrlError::Relative
        } else {
            BaseUrlError::Template
        });
    }
    let mut acc = String::with_capacity(template.len());
    fill_part(&mut acc, &Part { text: base, rule: Rule::BaseUrl }, variables)?;
    acc.truncate(acc.trim_end_matches('/').len());
    fill_part(&mut acc, &Part { text: path, rule: Rule::Path }, variables)?;
    Ok(acc)
}

fn is_one_variable(text: &str) -> bool {
    let inside = text.strip_prefix('{').and_then(|text| text.strip_suffix('}'));
    inside.is_some_and(|name| !name.contains(['{', '}']))
}

fn fill_part(
    acc: &mut String,
    part: &Part<'_>,
    variables: &[(&str, &str)],
) -> Result<(), BaseUrlError> {
    let mut rest = part.text;
    while let Some(brace) = rest.find(['{', '}']) {
        let after = rest[brace..].strip_prefix('{').ok_or(BaseUrlError::Template)?;
        let (name, behind) = after.split_once('}').ok_or(BaseUrlError::Template)?;
        if name.is_empty() || name.contains('{') {
            return Err(BaseUrlError::Template);
        }
        let value = variables.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
        let value = value.ok_or_else(|| BaseUrlError::MissingVariable { name: name.into() })?;
        if !part.rule.accepts(value) {
            let expected = part.rule.expected();
            return Err(BaseUrlError::Variable { name: name.into(), expected });
        }
        acc.push_str(&rest[..brace]);
        acc.push_str(value);
        rest = behind;
    }
    acc.push_str(rest);
    Ok(())
}

impl Rule {
    fn accepts(self, value: &str) -> bool {
        match self {
            Self::Scheme => check::scheme_is_https(value).is_some(),
            Self::BaseUrl => BaseUrl::parse(value).is_ok(),
            Self::HostAndPort => {
                let (host, port) = check::split_port(value);
                check::is_host(host) && port.is_none_or(check::is_port)
            }
            Self::Host => check::is_host(value),
            Self::Label => check::is_label(value),
            Self::Port => check::is_port(value),
            Self::Path => check::is_path(value),
        }
    }

    fn expected(self) -> &'static str {
        match self {
            Self::Scheme => "`https` or `http`",
            Self::BaseUrl => "a base URL",
            Self::HostAndPort => "a host name, with or without a port",
            Self::Host => "a host name",
            Self::Label => "one DNS label: 1 to 63 letters, digits and inner hyphens",
            Self::Port => "a port from 1 to 65535",
            Self::Path => "path segments, none of them `.` or `..`",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn filled(template: &str, value: &str) -> Result<String, BaseUrlError> {
        BaseUrl::from_template(template, &[("other", "o"), ("v", value)]).map(|url| url.to_string())
    }

    #[test]
    fn each_place_takes_its_kind_of_value() {
        let long = "a".repeat(63);
        let cases = [
            ("{v}://localhost", "http", "http://localhost".to_owned()),
            ("https://{v}", "a.example.com:8443", "https://a.example.com:8443".to_owned()),
            ("https://{v}", "[::1]:1", "https://[::1]:1".to_owned()),
            ("https://{v}/x", "a.example.com", "https://a.example.com/x".to_owned()),
            ("https://{v}:8443", "a.example.com", "https://a.example.com:8443".to_owned()),
            ("https://{v}.example.com", "a-1", "https://a-1.example.com".to_owned()),
            ("https://{v}.example.com", &long, format!("https://{long}.example.com")),
            ("https://x-{v}.example.com", "9", "https://x-9.example.com".to_owned()),
            ("https://{v}.{other}.com", "a", "https://a.o.com".to_owned()),
            ("https://example.com:{v}", "65535", "https://example.com:65535".to_owned()),
            ("https://example.com/{v}/b", "v1/a", "https://example.com/v1/a/b".to_owned()),
            ("https://example.com/{v}", "", "https://example.com".to_owned()),
            ("{v}", "http://localhost:80", "http://localhost:80".to_owned()),
            ("{v}/{other}/x", "https://a.example/b/", "https://a.example/b/o/x".to_owned()),
        ];
        for (template, value, url) in cases {
            assert_eq!(filled(template, value), Ok(url), "{template} {value}");
        }
    }

    #[test]
    fn a_value_cannot_leave_its_place() {
        let label =
            ["", "a.b", "evil.com/", "evil.com#", "a@b", "-a", "a-", "a_b", "a:1", "\u{e4}"];
        let host = ["", "a..b", "u@evil.com", "evil.com/", "evil.com?", "a:0", "a:", "a b"];
        let port = ["", "0", "65536", "+1", "1/", "80@evil.com"];
        let path = ["..", "a/../b", "%2e%2E", ".", "a?b", "a#b", "a b", "a\\b", "a%"];
        let cases = [
            ("https://{v}.example.com", &label[..]),
            ("https://x{v}.example.com", &label[..]),
            ("https://{v}{other}", &label[..]),
            ("https://{v}", &host[..]),
            ("https://{v}:1", &["a:1", "", "a/"][..]),
            ("https://example.com:{v}", &port[..]),
            ("https://example.com/{v}/x", &path[..]),
            ("{v}://example.com", &["ftp", "https://evil.com/", ""][..]),
            ("{v}/x", &["", "a.example", "http://a.example", "https://a.example?", "/a"][..]),
        ];
        for (template, values) in cases {
            for value in values {
                let error = filled(template, value).unwrap_err();
                let names_it =
                    matches!(&error, BaseUrlError::Variable { name, .. } if **name == *"v");
                assert!(names_it, "{template} {value}: {error:?}");
                assert!(error.to_string().contains("`v`"));
            }
        }
    }

    #[test]
    fn the_whole_is_checked_again() {
        assert_eq!(filled("http://{v}.example.com", "a"), Err(BaseUrlError::PlainHttp));
        assert_eq!(filled("https://{v}-.example.com", "a"), Err(BaseUrlError::Host));
        assert_eq!(filled("https://{v}aa.com", &"a".repeat(62)), Err(BaseUrlError::Host));
        assert_eq!(filled("https://example.com/.{v}", ""), Err(BaseUrlError::Path));
        assert_eq!(filled("https://u:{v}@example.com", "1"), Err(BaseUrlError::UserInfo));
        assert_eq!(filled("https://example.com/?{v}", "x"), Err(BaseUrlError::Query));
    }

    #[test]
    fn templates_that_cannot_be_filled() {
        let missing = BaseUrlError::MissingVariable { name: "w".into() };
        assert_eq!(filled("https://{w}", "x"), Err(missing));
        for template in ["https://{v", "https://v}", "https://{}", "https://a/{{v}}", "{v", "{v}a/"]
        {
            assert_eq!(filled(template, "x"), Err(BaseUrlError::Template), "{template}");
        }
        assert_eq!(filled("/{v}", "x"), Err(BaseUrlError::Relative));
    }

    proptest! {
        #[test]
        fn a_label_stays_under_its_domain(value in "[a-zA-Z0-9.:/@?#%\\\\\\[\\] _-]{0,12}|.{0,12}") {
            if let Ok(url) = BaseUrl::from_template("https://{v}.example.com/p", &[("v", &value)]) {
                let label = url.origin().strip_prefix("https://").unwrap();
                let label = label.strip_suffix(".example.com").unwrap();
                prop_assert_eq!(label, value.to_ascii_lowercase());
                prop_assert!(!label.contains(['.', '/', '@', ':']));
                prop_assert_eq!(url.prefix(), "/p");
                let uri: http::Uri = url.as_str().parse().unwrap();
                prop_assert_eq!(uri.host().unwrap(), format!("{label}.example.com"));
            }
        }

        #[test]
        fn what_is_accepted_is_read_alike_by_others(text in "https?://[a-z0-9.:@\\[\\]-]{1,16}(/[a-z%/.2e~]{0,8})?") {
            if let Ok(url) = BaseUrl::parse(&text) {
                let uri: http::Uri = url.as_str().parse().unwrap();
                let scheme = uri.scheme_str().unwrap();
                let authority = uri.authority().unwrap().as_str();
                prop_assert_eq!(url.origin(), format!("{scheme}://{authority}"));
            }
        }
    }
}
