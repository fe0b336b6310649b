//! Parts of the secrets of these tests, in the forms in which a server may echo one. They are written
//! out, so that nothing here is made by what it tests; base32 and base64 are those of RFC 4648.

/// What is echoed, by the part and the form it is in.
pub(crate) type Part = (&'static str, &'static str);

const OF_SECRET: &[Part] = &[
    ("all but the last character", "s3cr3t~?>/of+~?>~the-test"),
    ("all but the first character", "3cr3t~?>/of+~?>~the-tests"),
    ("the first eight characters", "s3cr3t~?"),
    ("the last eight characters", "he-tests"),
    ("eight from the middle", "/of+~?>~"),
    ("the last eight in capitals", "HE-TESTS"),
    ("all but the last, backwards", "tset-eht~>?~+fo/>?~t3rc3s"),
    ("base32", "OMZWG4RTOR7D6PRPN5TCW7R7HZ7HI2DFFV2GK43UOM======"),
    ("base32 without padding", "OMZWG4RTOR7D6PRPN5TCW7R7HZ7HI2DFFV2GK43UOM"),
    ("base32 in small letters", "omzwg4rtor7d6prpn5tcw7r7hz7hi2dffv2gk43uom"),
    ("base32 with the extended hex alphabet", "ECPM6SHJEHV3UFHFDTJ2MVHV7PV78Q355LQ6ASRKEC======"),
    ("base32 of the last eight", "NBSS25DFON2HG==="),
    ("base32 of `id` and the last eight", "NFSGQZJNORSXG5DT"),
    ("base64 of eight from the middle", "L29mK34/Pn4="),
    ("base64url of eight from the middle", "L29mK34_Pn4"),
    ("base64 of `x` and the last eight", "eGhlLXRlc3Rz"),
    ("hex of the first eight", "7333637233747e3f"),
    ("hex of the last eight in capitals", "68652D7465737473"),
    ("eight from the middle in a URL", "%2Fof%2B~%3F%3E~"),
    ("the numbers of the last eight", "104, 101, 45, 116, 101, 115, 116, 115"),
    ("the numbers of the last eight, close", "104,101,45,116,101,115,116,115"),
];

const OF_TOKEN: &[Part] = &[
    ("all but the last character", "t0k3n~?>/of+~?>~the=test"),
    ("all but the first character", "0k3n~?>/of+~?>~the=tests"),
    ("the first eight characters", "t0k3n~?>"),
    ("the last eight characters", "he=tests"),
    ("eight from the middle", "of+~?>~t"),
    ("the last eight in capitals", "HE=TESTS"),
    ("all but the last, backwards", "tset=eht~>?~+fo/>?~n3k0t"),
    ("base32", "OQYGWM3OPY7T4L3PMYVX4PZ6PZ2GQZJ5ORSXG5DT"),
    ("base32 in small letters", "oqygwm3opy7t4l3pmyvx4pz6pz2gqzj5orsxg5dt"),
    ("base32 with the extended hex alphabet", "EGO6MCREFOVJSBRFCOLNSFPUFPQ6GP9TEHIN6T3J"),
    ("base32 of the last eight", "NBST25DFON2HG==="),
    ("base32 of `id` and the last eight", "NFSGQZJ5ORSXG5DT"),
    ("base64 of eight from the middle", "b2Yrfj8+fnQ="),
    ("base64url of eight from the middle", "b2Yrfj8-fnQ"),
    ("base64 of `x` and the last eight", "eGhlPXRlc3Rz"),
    ("hex of the first eight", "74306b336e7e3f3e"),
    ("hex of the last eight in capitals", "68653D7465737473"),
    ("eight from the middle in a URL", "of%2B~%3F%3E~t"),
    ("the numbers of the last eight", "104, 101, 61, 116, 101, 115, 116, 115"),
];

/// Returns the parts of one of the two secrets; of another, none.
pub(crate) fn parts(secret: &str) -> &'static [Part] {
    match secret {
        "s3cr3t~?>/of+~?>~the-tests" => OF_SECRET,
        "t0k3n~?>/of+~?>~the=tests" => OF_TOKEN,
        _ => &[],
    }
}

/// The parts are what they are said to be, as far as the eye can be helped.
#[test]
fn fault_53_the_parts_are_of_the_secrets() {
    for secret in ["s3cr3t~?>/of+~?>~the-tests", "t0k3n~?>/of+~?>~the=tests"] {
        let parts = parts(secret);
        for (what, text) in parts.iter().take(5) {
            assert!(
                secret.contains(text) && text.len() >= 8 && text.len() < secret.len(),
                "{what}"
            );
        }
        assert!(parts.len() > 15);
    }
    assert!(parts("another").is_empty());
}
