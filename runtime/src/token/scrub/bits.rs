//! Writes bytes as digits of a few bits each, as base64 and base32 do (RFC 4648): only those digits that
//! stand for bits of these bytes alone, so that they are the same whatever stands before and after.

use crate::wipe::WipedBuffer;

/// Shorter texts are found by chance.
pub(super) const MIN_LEN: usize = 4;

/// An alphabet and what follows from the bits of its digits.
pub(super) struct Alphabet {
    digits: &'static [u8],
    /// How many bits a digit stands for.
    n_bits: usize,
    /// How many bytes make a whole number of digits.
    pub(super) group: usize,
    /// How many digits stand for bits of eight bytes alone, wherever these begin in their group.
    pub(super) run: usize,
}

/// RFC 4648 sections 4 to 7. Case is ignored, so base32 is written in one.
pub(super) const ALPHABETS: [Alphabet; 4] = [
    base64(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"),
    base64(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
    base32(b"abcdefghijklmnopqrstuvwxyz234567"),
    base32(b"0123456789abcdefghijklmnopqrstuv"),
];

const fn base64(digits: &'static [u8; 64]) -> Alphabet {
    Alphabet { digits, n_bits: 6, group: 3, run: 10 }
}

const fn base32(digits: &'static [u8; 32]) -> Alphabet {
    Alphabet { digits, n_bits: 5, group: 5, run: 12 }
}

impl Alphabet {
    /// Writes bytes that have so many others before them in their group.
    pub(super) fn write(&self, bytes: &[u8], n_before: usize) -> WipedBuffer {
        // The bits up to the first digit that no other byte has a part in.
        let mut n_skipped = (8 * n_before).next_multiple_of(self.n_bits) - 8 * n_before;
        let (mut acc, mut bits, mut n_bits) = (WipedBuffer::new(), 0_usize, 0);
        for &byte in bytes {
            bits = bits << 8 | usize::from(byte);
            n_bits += 8 - std::mem::take(&mut n_skipped);
            while n_bits >= self.n_bits {
                n_bits -= self.n_bits;
                let digit = bits >> n_bits & (self.digits.len() - 1);
                acc.push(&self.digits[digit..=digit]);
            }
            bits &= (1 << n_bits) - 1;
        }
        acc
    }

    /// Writes bytes to their end: zero bits fill the last digit, `=` the last group.
    pub(super) fn write_padded(&self, bytes: &[u8]) -> WipedBuffer {
        let n_digits = (8 * bytes.len()).div_ceil(self.n_bits);
        let mut filled = WipedBuffer::copy_of(bytes);
        filled.push(&vec![0; bytes.len().next_multiple_of(self.group) - bytes.len()]);
        let digits = self.write(filled.as_ref(), 0);
        let mut acc = WipedBuffer::copy_of(&digits.as_ref()[..n_digits]);
        acc.push(&vec![b'='; digits.as_ref().len() - n_digits]);
        acc
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(alphabet: usize, text: &str, n_before: usize) -> String {
        let digits = ALPHABETS[alphabet].write(text.as_bytes(), n_before);
        String::from_utf8(digits.as_ref().to_vec()).unwrap()
    }

    /// RFC 4648 section 10, without padding and without a last digit that is not whole.
    #[test]
    fn the_vectors_of_the_rfc() {
        for (text, base64, base32, base32_hex) in [
            ("", "", "", ""),
            ("f", "Z", "m", "c"),
            ("fo", "Zm", "mzx", "cpn"),
            ("foo", "Zm9v", "mzxw", "cpnm"),
            ("foob", "Zm9vY", "mzxw6y", "cpnmuo"),
            ("fooba", "Zm9vYm", "mzxw6ytb", "cpnmuoj1"),
            ("foobar", "Zm9vYmFy", "mzxw6ytbo", "cpnmuoj1e"),
        ] {
            let found = [0, 1, 2, 3].map(|alphabet| written(alphabet, text, 0));
            assert_eq!(found, [base64, base64, base32, base32_hex], "{text}");
        }
        let digits = ALPHABETS[1].write(b"\xfb\xff\xfe", 0);
        assert_eq!(digits.as_ref(), b"-__-");
    }

    /// RFC 4648 section 10.
    #[test]
    fn the_padded_vectors_of_the_rfc() {
        for (text, expected) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(ALPHABETS[0].write_padded(text.as_bytes()).as_ref(), expected.as_bytes());
        }
    }

    /// `foobar` is `Zm9vYmFy` and `MZXW6YTBOI======`: what is left of it where its first bytes may be others.
    #[test]
    fn digits_that_neighbours_have_no_part_in() {
        // After `f`, `fo` and `foo`.
        assert_eq!(written(0, "oobar", 1), "9vYmFy");
        assert_eq!(written(0, "obar", 2), "vYmFy");
        assert_eq!(written(2, "oobar", 1), "xw6ytbo");
        assert_eq!(written(2, "obar", 2), "6ytbo");
        assert_eq!(written(2, "bar", 3), "ytbo");
        assert_eq!(written(2, "ar", 4), "bo");
    }

    #[test]
    fn eight_bytes_have_as_many_digits_wherever_they_begin() {
        for alphabet in ALPHABETS {
            for n_before in 0..alphabet.group {
                let n_digits = alphabet.write(b"12345678", n_before).as_ref().len();
                assert_eq!(n_digits, alphabet.run, "after {n_before}");
            }
        }
    }
}
